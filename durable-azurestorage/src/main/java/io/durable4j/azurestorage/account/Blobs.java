package io.durable4j.azurestorage.account;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The block blobs of an account. Containers are there only once they are created.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api">Blob
 *     service</a>
 */
public interface Blobs {
  /**
   * Creates a container.
   *
   * @param container its name
   * @return false when it is there already
   */
  boolean create(String container);

  /**
   * Deletes a container with all its blobs.
   *
   * @param container its name
   * @return false when it is not there
   */
  boolean delete(String container);

  /**
   * Writes a blob, there before or not.
   *
   * @param container its container
   * @param name its name
   * @param bytes its content
   * @throws AccountException also when the container is {@link AccountException.Reason#MISSING}
   */
  void put(String container, String name, byte[] bytes);

  /**
   * Writes a blob if it is as it was seen.
   *
   * @param container its container
   * @param name its name
   * @param bytes its content
   * @param etag the version that was seen; null for a blob that is not there
   * @return false when it is not as it was seen
   */
  boolean put(String container, String name, byte[] bytes, @Nullable String etag);

  /**
   * Reads a blob.
   *
   * @param container its container
   * @param name its name
   * @return the blob; null when it or its container is not there
   */
  @Nullable Blob get(String container, String name);

  /**
   * Deletes a blob.
   *
   * @param container its container
   * @param name its name
   * @return false when it or its container is not there
   */
  boolean delete(String container, String name);

  /**
   * Lists blobs in the order of their names.
   *
   * @param container the container
   * @param prefix what their names begin with
   * @param token where to go on, from the page before; null for the beginning
   * @return a page; empty when the container is not there
   */
  Page list(String container, String prefix, @Nullable String token);

  /**
   * The address of a container.
   *
   * @param container its name
   * @return its URL, without a slash at its end and without a secret
   */
  String url(String container);

  /**
   * Takes the lease of a container, or prolongs it where it is the owner's.
   *
   * @param container the container
   * @param id who takes it
   * @param how long, 15 to 60 seconds
   * @return false when another has it
   */
  boolean lease(String container, UUID id, Duration how);

  /**
   * Makes a lease another's.
   *
   * @param container the container
   * @param from who has it
   * @param to who is to have it
   * @return false when {@code from} has it not
   */
  boolean changeLease(String container, UUID from, UUID to);

  /**
   * Gives a lease back.
   *
   * @param container the container
   * @param id who has it
   * @return false when another has it, or nobody
   */
  boolean releaseLease(String container, UUID id);

  /**
   * A blob.
   *
   * @param bytes its content; not copied
   * @param etag its version
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Blob(byte[] bytes, String etag) {}

  /**
   * Names of blobs.
   *
   * @param names the names
   * @param next where to go on; null at the end
   */
  record Page(List<String> names, @Nullable String next) {
    /** Copies the list. */
    public Page {
      names = List.copyOf(names);
    }
  }
}
