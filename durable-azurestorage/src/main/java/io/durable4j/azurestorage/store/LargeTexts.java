package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.format.Gzip;
import io.durable4j.azurestorage.format.LargeText;
import io.durable4j.data.DurableException;
import io.durable4j.spi.StorageException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts too large for rows and queues, compressed in blobs. The container is made with the first.
 *
 * <p>A crash after a text was written and before what names it leaves a blob that nobody needs; a
 * purge of the instance removes it, or, where it was to be a message, the deletion of the hub.
 */
final class LargeTexts {
  private final Blobs blobs;
  private final String container;
  private final Fanout fanout;

  LargeTexts(Blobs blobs, String container, Fanout fanout) {
    this.blobs = blobs;
    this.container = container;
    this.fanout = fanout;
  }

  void put(List<LargeText> texts) {
    fanout.each(texts, this::put);
  }

  void delete(Collection<String> names) {
    fanout.each(List.copyOf(names), this::delete);
  }

  void put(LargeText text) {
    byte[] bytes = Gzip.compress(text.text());
    try {
      blobs.put(container, text.blob(), bytes);
    } catch (AccountException e) {
      if (e.reason() != AccountException.Reason.MISSING) {
        throw e;
      }
      blobs.create(container);
      blobs.put(container, text.blob(), bytes);
    }
  }

  /** The text of a blob; thrown where it is gone, which a purge beside the reading explains. */
  String get(String name) {
    String text = find(name);
    if (text == null) {
      throw new StorageException(gone(name), null);
    }
    return text;
  }

  /**
   * The text of a blob that was written before what names it; so where it is gone, it is for good.
   *
   * @throws BlobGoneException where it is gone
   * @throws DurableException where it is damaged
   */
  String getKnown(String name) {
    String text = find(name);
    if (text == null) {
      throw new BlobGoneException(gone(name) + ", or a copy of the message was consumed");
    }
    return text;
  }

  private @Nullable String find(String name) {
    Blobs.Blob blob = blobs.get(container, name);
    return blob == null ? null : Gzip.decompress(blob.bytes());
  }

  private String gone(String name) {
    return "Blob "
        + container
        + "/"
        + name
        + " is gone: its instance was purged, or it was deleted by hand";
  }

  void delete(String name) {
    blobs.delete(container, name);
  }
}
