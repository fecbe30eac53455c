package io.durable4j.azurestorage.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.azurestorage.account.Tables.Found;
import io.durable4j.azurestorage.format.HistoryRows;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.azurestorage.format.Sentinel;
import io.durable4j.azurestorage.format.StateText;
import io.durable4j.azurestorage.store.InstanceReader.Loaded;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ExecutionCompleted;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.message.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an instance whose history tells of it. */
final class BegunReading {
  private final LargeTexts texts;
  private final Function<Row, InstanceState> states;

  BegunReading(LargeTexts texts, Function<Row, InstanceState> states) {
    this.texts = texts;
    this.states = states;
  }

  /**
   * What else is known.
   *
   * @param shown the row of its own
   * @param blobs what the rows of the history name
   */
  record Around(Stand.Shown shown, List<String> blobs) {}

  /** Null when the instance's own row is needed and was not read. */
  @Nullable Loaded read(
      InstanceId id, @Nullable Head head, List<Row> all, @Nullable Found row, Around around) {
    String redo = head == null ? null : Sentinel.redo(head.row());
    List<Row> rows =
        redo != null
            ? List.of()
            : HistoryRows.current(all, head == null ? null : head.sentinel(), null);
    List<HistoryEvent> events = redo != null ? redo(texts.get(redo)) : events(rows);
    if (row == null && around.shown().row() != null && needsRow(head, events)) {
      return null;
    }
    InstanceState state = state(id, head, events, row);
    Sentinel.Ours ours = head == null ? null : head.sentinel().ours();
    if (ours != null && ours.events() != events.size()) {
      throw new DurableException(
          "Damaged history of instance "
              + id
              + ": its sentinel tells of "
              + ours.events()
              + " events, and there are "
              + events.size());
    }
    Stand stand =
        new Stand(
            id,
            Stand.Kind.BEGUN,
            head == null ? null : head.etag(),
            state.execution(),
            state.status().isTerminal(),
            events.size(),
            Math.max(events.size(), HistoryRows.countOf(all, state.execution())),
            Stand.episodesIn(events),
            ours == null ? null : ours.commit(),
            ours == null ? List.of() : ours.mayReturn(),
            redo,
            around.blobs(),
            head == null ? List.of() : Sentinel.blobs(head.row()),
            around.shown());
    return new Loaded(stand, state, events, rows);
  }

  List<HistoryEvent> events(List<Row> rows) {
    List<HistoryEvent> events = new ArrayList<>(rows.size());
    for (Row row : rows) {
      events.add(HistoryRows.read(row, texts::get));
    }
    return events;
  }

  /** A history as one text: its events as JSON, one a line. */
  static String redo(List<HistoryEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(e -> text.append(new String(Codec.encode(e), UTF_8)).append('\n'));
    return text.toString();
  }

  static List<HistoryEvent> redo(String text) {
    List<HistoryEvent> events = new ArrayList<>();
    text.lines().forEach(line -> events.add(Codec.event(line.getBytes(UTF_8))));
    return events;
  }

  private static boolean needsRow(@Nullable Head head, List<HistoryEvent> events) {
    String text = head == null ? null : head.state();
    return text == null || (inputIn(events) == null && StateText.leavesInput(text));
  }

  private InstanceState state(
      InstanceId id, @Nullable Head head, List<HistoryEvent> events, @Nullable Found row) {
    String text = head == null ? null : head.state();
    InstanceState shown = row == null || !needsRow(head, events) ? null : states.apply(row.row());
    if (text == null) {
      return ForeignState.of(id, events, shown);
    }
    Payload input = inputIn(events);
    return StateText.read(
        text, input == null && shown != null ? shown.start().input() : input, outputIn(events));
  }

  static @Nullable Payload inputIn(List<HistoryEvent> events) {
    for (HistoryEvent e : events) {
      if (e.body() instanceof ExecutionStarted started) {
        return started.input();
      }
    }
    return null;
  }

  static @Nullable Payload outputIn(List<HistoryEvent> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).body() instanceof ExecutionCompleted completed) {
        return completed.result();
      }
    }
    return null;
  }
}
