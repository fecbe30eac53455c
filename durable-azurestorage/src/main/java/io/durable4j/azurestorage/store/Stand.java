package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.format.ShownRow;
import io.durable4j.history.EventBody.OrchestratorStarted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.Delivery;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.Version;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a commit has to know of an instance, as of one version of it.
 *
 * @param id the instance
 * @param kind how far it came
 * @param etag the sentinel's version; null when there is no sentinel
 * @param execution the current execution; null when there is none
 * @param ended whether the state is an end
 * @param events how many events the history has
 * @param rows how many rows of this execution are there; those beyond its events are of a commit
 *     that was not brought to its end
 * @param episodes how many turns its history tells of
 * @param last the newest whole commit
 * @param mayReturn messages whose deletion is not confirmed
 * @param redo the blob with the whole history, where its rows are not all written; else null
 * @param blobs blobs that the rows of the history name
 * @param headBlobs blobs that the sentinel names
 * @param shown the instance's own row, as far as it is known
 */
record Stand(
    InstanceId id,
    Kind kind,
    @Nullable String etag,
    @Nullable ExecutionId execution,
    boolean ended,
    int events,
    int rows,
    int episodes,
    @Nullable CommitId last,
    List<MessageId> mayReturn,
    @Nullable String redo,
    List<String> blobs,
    List<String> headBlobs,
    Shown shown) {

  /** How far an instance came. */
  enum Kind {
    /** There is none. */
    NONE,
    /** It has a row of its own and no history yet. */
    CREATED,
    /** Its history tells of it. */
    BEGUN
  }

  /**
   * An instance's own row.
   *
   * @param row what it shows; null when it is not there
   * @param etag its version; null when it is not there
   */
  record Shown(@Nullable ShownRow row, @Nullable String etag) {
    static final Shown NOTHING = new Shown(null, null);
  }

  /** An instance that has a row and nothing else. */
  static Stand created(InstanceId id, ExecutionId execution, Shown row) {
    return new Stand(
        id,
        Kind.CREATED,
        null,
        execution,
        false,
        0,
        0,
        0,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        row);
  }

  /** Whether there was no history, and not even the rest of one. */
  boolean isWithoutHistory() {
    return kind == Kind.CREATED && etag == null && rows == 0;
  }

  /** The version that the SPI tells. */
  Version version() {
    String head = String.valueOf(etag);
    return switch (kind) {
      case NONE -> new Version("none " + head + " " + shown.etag());
      case CREATED -> new Version("created " + head + " " + shown.etag());
      case BEGUN -> new Version(head);
    };
  }

  /** The same with another row. */
  Stand showing(Shown row) {
    return new Stand(
        id, kind, etag, execution, ended, events, rows, episodes, last, mayReturn, redo, blobs,
        headBlobs, row);
  }

  /** The same once its rows were written. */
  Stand redone(String newEtag) {
    return new Stand(
        id, kind, newEtag, execution, ended, events, events, episodes, last, mayReturn, null, blobs,
        headBlobs, shown);
  }

  /** The same when messages are gone for good, but for some. */
  Stand without(List<Delivery> consumed, Set<MessageId> mayStillReturn) {
    Set<MessageId> gone = consumed.stream().map(d -> d.message().id()).collect(Collectors.toSet());
    gone.removeAll(mayStillReturn);
    List<MessageId> rest = mayReturn.stream().filter(m -> !gone.contains(m)).toList();
    return new Stand(
        id, kind, etag, execution, ended, events, rows, episodes, last, rest, redo, blobs,
        headBlobs, shown);
  }

  /** The same when it is known better which messages may come again. */
  Stand returning(List<MessageId> messages) {
    return new Stand(
        id, kind, etag, execution, ended, events, rows, episodes, last, messages, redo, blobs,
        headBlobs, shown);
  }

  /** How many turns the history tells of after a change. */
  int episodesWith(HistoryChange change) {
    boolean adds = kind == Kind.BEGUN && change instanceof HistoryChange.Append;
    return (adds ? episodes : 0) + episodesIn(change.events());
  }

  static int episodesIn(List<HistoryEvent> events) {
    int count = 0;
    for (HistoryEvent e : events) {
      count += e.body() instanceof OrchestratorStarted ? 1 : 0;
    }
    return count;
  }
}
