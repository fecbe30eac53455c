package io.durable4j.azurestorage.format;

import io.durable4j.data.DurableException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The blob that tells how a hub was created.
 *
 * @param name the hub's name
 * @param createdAt when it was created
 * @param partitions how many partitions it has
 * @param format the version of the format; of hubs that other engines created, the first
 * @param deleting whether it is being deleted
 */
public record TaskHubInfo(
    String name, Instant createdAt, int partitions, int format, boolean deleting) {
  /** Its name in the container of leases. */
  public static final String BLOB = "taskhub.json";

  /** The newest format that this version reads and writes. */
  public static final int FORMAT = 1;

  /**
   * The text of the blob.
   *
   * @return its JSON
   */
  public String json() {
    return Json.write(
        g -> {
          g.writeStartObject();
          g.writeStringField("TaskHubName", name);
          g.writeStringField("CreatedAt", Times.text(createdAt));
          g.writeNumberField("PartitionCount", partitions);
          if (format != FORMAT) {
            g.writeNumberField(Extras.FORMAT, format);
          }
          if (deleting) {
            g.writeBooleanField(Extras.DELETING, true);
          }
          g.writeEndObject();
        });
  }

  /**
   * Reads the text of the blob.
   *
   * @param json its JSON
   * @return what it tells
   * @throws DurableException when it does not read
   */
  public static TaskHubInfo read(String json) {
    try {
      Members m = Members.parse(json);
      Instant created = Times.parse(m.text("CreatedAt"));
      return new TaskHubInfo(
          m.need("TaskHubName"),
          created == null ? Instant.EPOCH : created,
          m.number("PartitionCount", 0),
          m.number(Extras.FORMAT, FORMAT),
          m.flag(Extras.DELETING));
    } catch (DateTimeException | DurableException e) {
      throw new DurableException("Damaged " + BLOB + ": " + e.getMessage(), e);
    }
  }
}
