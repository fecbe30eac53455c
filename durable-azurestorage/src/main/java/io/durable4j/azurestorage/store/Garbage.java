package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.BlobUrls;
import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.azurestorage.store.TurnHistory.Done;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The blobs that nothing names any more once a commit is shown. */
final class Garbage {
  private Garbage() {}

  static Set<String> of(Done done, Stand.Shown before, Stand.Shown after, BlobUrls urls) {
    Set<String> garbage = new LinkedHashSet<>(done.garbage());
    garbage.addAll(blobs(before.row(), urls));
    garbage.removeAll(done.stand().blobs());
    garbage.removeAll(done.stand().headBlobs());
    garbage.removeAll(blobs(after.row(), urls));
    return garbage;
  }

  private static List<String> blobs(@Nullable ShownRow row, BlobUrls urls) {
    return row == null ? List.of() : row.allBlobs(urls);
  }
}
