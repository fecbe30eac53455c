package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.format.BlobNames;
import io.durable4j.azurestorage.format.HistoryBatches;
import io.durable4j.azurestorage.format.HistoryBatches.Batch;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.LargeText;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.StateText;
import io.durable4j.azurestorage.format.Written;
import io.durable4j.azurestorage.store.HistoryWriter.Step;
import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.MessageId;
import io.durable4j.spi.CommitId;
import io.durable4j.spi.HistoryChange;
import io.durable4j.spi.StorageException;
import io.durable4j.spi.TurnCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The history and state of a commit, in one transaction where they fit. Where they need several,
 * one of them makes the commit whole:
 *
 * <ul>
 *   <li>Of events that are added, and of a first history, the last. The rows before are behind the
 *       end that the sentinel tells, so that nobody shows them; the next commit overwrites them, or
 *       deletes those that it does not need.
 *   <li>Of a history that takes the place of another, the first, since it overwrites rows that
 *       counted. Before it the whole history was written into a blob, which that transaction names:
 *       until the last one takes the name away, the blob is the history. Whoever commits next
 *       writes the rows first.
 * </ul>
 */
final class TurnHistory {
  private static final int MAX_RETURNING = 256;
  private static final int MAX_BLOBS = 1000;

  private final HubParts parts;
  private final HistoryWriter writer;
  private final LargeTexts texts;

  TurnHistory(HubParts parts) {
    this.parts = parts;
    writer = new HistoryWriter(parts);
    texts = parts.largeTexts();
  }

  /**
   * What came of it.
   *
   * @param stand the instance now
   * @param rows the rows that were written
   * @param garbage blobs that nothing names any more
   */
  record Done(Stand stand, List<Row> rows, List<String> garbage) {}

  /** Writes a commit; null when another wrote since, and then it never takes effect. */
  @Nullable Done write(TurnCommit c, Stand basis) {
    List<String> garbage = new ArrayList<>();
    Stand stand = basis.redo() == null ? basis : redone(basis, basis.redo(), garbage);
    if (stand == null) {
      return null;
    }
    boolean begun = stand.kind() == Stand.Kind.BEGUN;
    boolean replaces = begun && !(c.history() instanceof HistoryChange.Append);
    int from = begun && !replaces ? stand.events() : 0;
    ExecutionId execution = c.next().execution();
    List<LargeText> large = new ArrayList<>();
    List<Row> rows = rows(c.next().id(), execution, from, c.history().events(), large);
    int end = from + rows.size();
    List<Row> all = new ArrayList<>();
    if (execution.equals(stand.execution())) {
      all.addAll(HistoryWriter.tail(stand.id(), end, stand.rows()));
    }
    all.addAll(rows);
    List<Batch> batches = HistoryBatches.of(all);
    List<MessageId> mayReturn = mayReturn(c, stand);
    Written ended = ended(c, begun && !replaces, end, mayReturn);
    large.addAll(ended.blobs());
    List<Step> steps =
        replaces && batches.size() > 1
            ? replacing(c, batches, ended.row(), large, garbage)
            : adding(c, batches, ended.row(), begun);
    texts.put(large);
    String etag = run(steps, stand.etag(), replaces ? 0 : steps.size() - 1, c.next().id());
    if (etag == null) {
      return null;
    }
    boolean whole = replaces || !begun;
    List<String> blobs = new ArrayList<>(whole ? List.of() : stand.blobs());
    rows.forEach(r -> blobs.addAll(HistoryRows.blobs(r)));
    garbage.addAll(whole ? stand.blobs() : List.of());
    garbage.addAll(stand.headBlobs());
    return new Done(
        new Stand(
            stand.id(),
            Stand.Kind.BEGUN,
            etag,
            execution,
            c.next().status().isTerminal(),
            end,
            end,
            stand.episodesWith(c.history()),
            c.id(),
            mayReturn,
            null,
            blobs.subList(Math.max(0, blobs.size() - MAX_BLOBS), blobs.size()),
            Sentinel.blobs(ended.row()),
            stand.shown()),
        rows,
        garbage);
  }

  private List<Row> rows(
      InstanceId id,
      ExecutionId execution,
      int from,
      List<HistoryEvent> events,
      List<LargeText> large) {
    List<Row> rows = new ArrayList<>(events.size());
    for (HistoryEvent e : events) {
      Written w = HistoryRows.write(id, execution, from + rows.size(), e, parts.random());
      rows.add(w.row());
      large.addAll(w.blobs());
    }
    return rows;
  }

  private static List<MessageId> mayReturn(TurnCommit c, Stand stand) {
    List<MessageId> all = new ArrayList<>(stand.mayReturn());
    List<MessageId> old = all.subList(0, Math.max(0, all.size() - MAX_RETURNING));
    old.clear();
    c.consumed().forEach(d -> all.add(d.message().id()));
    return all.stream().distinct().toList();
  }

  /** The sentinel of the whole commit. What the history does not tell, the state keeps. */
  private Written ended(TurnCommit c, boolean added, int end, List<MessageId> mayReturn) {
    InstanceState next = c.next();
    List<HistoryEvent> events = c.history().events();
    Payload input = next.start().input();
    Payload output = next.progress().output();
    boolean inputTold = added || input == null || input.equals(BegunReading.inputIn(events));
    boolean outputTold = output == null || output.equals(BegunReading.outputIn(events));
    String state = StateText.withoutPayloads(next, inputTold, outputTold);
    return Sentinel.ended(
        next.id(),
        next.execution(),
        parts.now(),
        new Sentinel.Ours(c.id(), end, mayReturn, state),
        parts.random());
  }

  private List<Step> adding(TurnCommit c, List<Batch> batches, Row ended, boolean begun) {
    InstanceId id = c.next().id();
    ExecutionId execution = c.next().execution();
    Row open = begun ? Sentinel.begun(id, execution) : nothing(id, execution);
    List<Step> steps = new ArrayList<>();
    for (Batch b : batches) {
      steps.add(
          b.last()
              ? new Step(b.rows(), ended, HistoryWriter.of(c.id(), texts))
              : unfinished(b.rows(), open, c.id() + "/" + steps.size()));
    }
    return steps;
  }

  /** The sentinel of an execution whose first commit is not whole. */
  Row nothing(InstanceId id, ExecutionId execution) {
    Sentinel.Ours ours = new Sentinel.Ours(null, 0, List.of(), Sentinel.NOTHING);
    return Sentinel.ended(id, execution, parts.now(), ours, parts.random()).row();
  }

  private List<Step> replacing(
      TurnCommit c, List<Batch> batches, Row ended, List<LargeText> large, List<String> garbage) {
    InstanceId id = c.next().id();
    String blob = BlobNames.instance(InstanceReader.key(id), parts.random(), "Redo");
    large.add(new LargeText(blob, BegunReading.redo(c.history().events())));
    garbage.add(blob);
    Row first = Sentinel.redoing(ended, c.id(), blob);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(batches.get(0).rows(), first, HistoryWriter.of(c.id(), texts)));
    steps.addAll(rest(id, c.next().execution(), batches.subList(1, batches.size()), c.id()));
    return steps;
  }

  /** The transactions that write the rows of a whole commit. */
  private List<Step> rest(
      InstanceId id, ExecutionId execution, List<Batch> batches, @Nullable CommitId commit) {
    String name = commit + "/" + parts.random().uuid();
    List<Step> steps = new ArrayList<>();
    for (Batch b : batches) {
      Predicate<Row> redone =
          row ->
              Sentinel.redo(row) == null
                  && (commit == null || HistoryWriter.of(commit, texts).test(row));
      steps.add(
          b.last()
              ? new Step(b.rows(), Sentinel.redone(id, execution), redone)
              : unfinished(b.rows(), Sentinel.begun(id, execution), name + "/" + steps.size()));
    }
    return steps;
  }

  private static Step unfinished(List<Row> rows, Row open, String name) {
    return new Step(rows, Sentinel.unfinished(open, name), row -> Sentinel.isAt(row, name));
  }

  /** Writes the rows of a commit that is whole already; null when another wrote since. */
  private @Nullable Stand redone(Stand stand, String blob, List<String> garbage) {
    ExecutionId execution = Objects.requireNonNull(stand.execution());
    List<LargeText> large = new ArrayList<>();
    List<Row> all = new ArrayList<>(HistoryWriter.tail(stand.id(), stand.events(), stand.rows()));
    all.addAll(rows(stand.id(), execution, 0, BegunReading.redo(texts.get(blob)), large));
    texts.put(large);
    String etag = stand.etag();
    for (Step step : rest(stand.id(), execution, HistoryBatches.of(all), stand.last())) {
      etag = writeWhole(step, etag, stand.id());
      if (etag == null) {
        return null;
      }
    }
    garbage.add(blob);
    return stand.redone(Objects.requireNonNull(etag));
  }

  /** A transaction of a commit that has taken effect: nothing may be taken for a refusal of it. */
  private @Nullable String writeWhole(Step step, @Nullable String etag, InstanceId id) {
    try {
      return writer.write(step, etag);
    } catch (AccountException e) {
      if (e.reason() != AccountException.Reason.TOO_LARGE) {
        throw e;
      }
      throw new StorageException(
          "The history of instance " + id + " is stored in a blob, and too large for its rows", e);
    }
  }

  /**
   * Runs the transactions; null when another wrote before the one that makes the commit whole.
   *
   * @throws StorageException when another wrote after it: the commit took effect, and what it left
   *     is another's now
   */
  private @Nullable String run(List<Step> steps, @Nullable String basis, int whole, InstanceId id) {
    String etag = basis;
    for (int i = 0; i < steps.size(); i++) {
      etag = i > whole ? writeWhole(steps.get(i), etag, id) : writer.write(steps.get(i), etag);
      if (etag == null && i > whole) {
        throw new StorageException(
            "Another worker went on with instance " + id + " while a commit was written", null);
      }
      if (etag == null) {
        return null;
      }
    }
    return etag;
  }
}
