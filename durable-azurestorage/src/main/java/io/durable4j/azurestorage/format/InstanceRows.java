package io.durable4j.azurestorage.format;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States as rows of the instances table, for creation (insert, or replace) and for each checkpoint
 * (merge). A merge clears nothing: where a state has no output, end or scheduled start, the columns
 * of a former execution go on standing for other engines, while {@link InstanceReading} knows.
 */
public final class InstanceRows {
  /** The row key of all instances. */
  public static final String ROW_KEY = "";

  static final String INPUT = "Input";
  static final String OUTPUT = "Output";
  static final String CUSTOM_STATUS = "CustomStatus";
  static final String STATUS = "RuntimeStatus";
  static final String CREATED = "CreatedTime";
  static final String UPDATED = "LastUpdatedTime";
  static final String COMPLETED = "CompletedTime";
  static final String SCHEDULED = "ScheduledStartTime";
  static final String GENERATION = "Generation";
  static final String TAGS = "Tags";
  static final String HUB = "TaskHubName";
  static final String NAME = "Name";
  static final String VERSION = "Version";

  /** The text of what is not there. */
  static final String NULL = "null";

  /** The largest text of a column, in bytes of UTF-16. */
  private static final int MAX_COLUMN_BYTES = 64 * 1024;

  private InstanceRows() {}

  /**
   * Where large payloads of a state stand.
   *
   * @param input the address of the blob with the input, or with the message that holds it; null
   *     when the input stands in the row
   * @param output the address of the blob with the output; null when it stands in the row
   */
  public record Refs(@Nullable String input, @Nullable String output) {
    /** No payload is large. */
    public static final Refs NONE = new Refs(null, null);
  }

  /**
   * Whether a payload has to stand in a blob.
   *
   * @param payload the payload, or null
   * @return true when it is too large for a column
   */
  public static boolean isLarge(@Nullable Payload payload) {
    return payload != null && LargeColumns.isLarge(payload.text());
  }

  /**
   * Why a state cannot be stored: what the family keeps in columns only is too large for one.
   *
   * @param s the state
   * @return the reason, for a person; null when it can be stored
   */
  public static @Nullable String refusal(InstanceState s) {
    Payload custom = s.progress().customStatus();
    String tooLarge =
        custom != null && isOver(custom.text())
            ? "The custom status"
            : isOver(RowEvent.tagsText(s.start().tags())) ? "What its tags hold" : null;
    return tooLarge == null
        ? null
        : tooLarge
            + " of instance "
            + s.id()
            + " is larger than "
            + MAX_COLUMN_BYTES / 2
            + " characters, which is what a column takes";
  }

  private static boolean isOver(String text) {
    return LargeColumns.bytes(text) > MAX_COLUMN_BYTES;
  }

  /**
   * A state as a row.
   *
   * @param s the state
   * @param hub the hub's name
   * @param refs where large payloads stand; has to name those that are large
   * @param unique for the name of a blob
   * @return the row
   */
  public static Written write(InstanceState s, String hub, Refs refs, BlobNames.Unique unique) {
    Start start = s.start();
    Progress p = s.progress();
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put(NAME, start.name());
    columns.put(VERSION, start.version());
    columns.put(RowEvent.EXECUTION_ID, s.execution().value());
    List<String> inBlobs = new ArrayList<>();
    payload(columns, INPUT, start.input(), refs.input(), inBlobs);
    FailureDetails failure = p.failure();
    if (failure != null) {
      columns.put(OUTPUT, cut(failure.type() + ": " + failure.message()));
    } else {
      payload(columns, OUTPUT, p.output(), refs.output(), inBlobs);
    }
    Payload custom = p.customStatus();
    columns.put(CUSTOM_STATUS, custom == null ? NULL : custom.text());
    columns.put(STATUS, Family.nameOf(p.status()));
    time(columns, CREATED, start.createdAt());
    time(columns, UPDATED, p.updatedAt());
    time(columns, COMPLETED, p.completedAt());
    time(columns, SCHEDULED, start.scheduledFor());
    columns.put(GENERATION, start.generation());
    columns.put(TAGS, RowEvent.tagsText(start.tags()));
    columns.put(HUB, hub);
    ParentLink parent = start.parent();
    columns.put(Extras.PARENT, parent == null ? "" : parent.instance().value());
    columns.put(Extras.PARKED, p.parked() != null);
    columns.put(Extras.REFS, String.join(",", inBlobs));
    columns.put(Extras.STATE, StateText.bare(s));
    String key = Keys.escape(s.id().value());
    return LargeColumns.away(
        new Row(key, ROW_KEY, columns),
        LargeColumns.OF_STATE,
        column -> BlobNames.instance(key, unique, column));
  }

  private static void payload(
      Map<String, Object> columns,
      String name,
      @Nullable Payload payload,
      @Nullable String ref,
      List<String> inBlobs) {
    if (payload == null) {
      return;
    }
    if (ref != null) {
      columns.put(name, ref);
      inBlobs.add(name);
    } else if (isLarge(payload)) {
      throw new IllegalArgumentException(name + " is large, and no blob of it is named");
    } else {
      columns.put(name, payload.text());
    }
  }

  private static void time(Map<String, Object> columns, String name, @Nullable Instant time) {
    if (time != null) {
      columns.put(name, Times.inTable(time));
    }
  }

  private static String cut(String text) {
    int most = LargeColumns.MAX_BYTES / 2;
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
