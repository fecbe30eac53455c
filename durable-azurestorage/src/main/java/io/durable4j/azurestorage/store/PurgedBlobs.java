package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.format.BlobNames;
import io.durable4j.azurestorage.format.BlobUrls;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.history.InstanceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The blobs that go with an instance, as they were listed.
 *
 * @param texts where they are
 * @param names their names
 */
record PurgedBlobs(LargeTexts texts, List<String> names) {
  static PurgedBlobs list(HubParts parts, InstanceId id, @Nullable Found row, BlobUrls urls) {
    Set<String> names = new LinkedHashSet<>();
    String prefix = BlobNames.prefixOfRows(id);
    String token = null;
    do {
      Blobs.Page page = parts.account().blobs().list(parts.names().largeMessages(), prefix, token);
      page.names().stream().filter(name -> BlobNames.isOfRows(name, id)).forEach(names::add);
      token = page.next();
    } while (token != null);
    if (row != null) {
      names.addAll(ShownRow.of(row.row()).allBlobs(urls));
    }
    return new PurgedBlobs(parts.largeTexts(), new ArrayList<>(names));
  }

  void delete() {
    texts.delete(names);
  }
}
