package io.durable4j.azurestorage.format;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ParentLink;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.message.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event as the columns of a history row. */
final class RowEvent {
  static final String EVENT_TYPE = "EventType";
  static final String EVENT_ID = "EventId";
  static final String EXECUTION_ID = "ExecutionId";

  /** The table has a column {@code Timestamp} of its own. */
  static final String TIMESTAMP = "_Timestamp";

  private static final String IS_PLAYED = "IsPlayed";
  private static final String TYPE_OF = "@odata.type";
  private static final Parts PARTS = new Parts(false);

  /** What is common to all kinds, and so no part of the body. */
  private static final Set<String> COMMON =
      Set.of(
          EVENT_ID,
          IS_PLAYED,
          TIMESTAMP,
          EVENT_TYPE,
          EXECUTION_ID,
          Extras.MESSAGE_ID,
          Extras.exact(TIMESTAMP));

  private RowEvent() {}

  static Map<String, Object> columns(HistoryEvent e, String execution) {
    Map<String, Object> columns = new LinkedHashMap<>();
    Out out = new Out(columns);
    EventBody body = e.body();
    try {
      out.number(EVENT_ID, e.eventId());
      out.flag(IS_PLAYED, false);
      out.time(TIMESTAMP, e.timestamp());
      out.text(EVENT_TYPE, Family.nameOf(body));
      out.text(EXECUTION_ID, execution);
      out.id(Extras.MESSAGE_ID, e.message());
      if (body instanceof Unknown u) {
        unknown(columns, u);
      } else {
        EventWriter.head(out, body);
        EventWriter.write(out, e.eventId(), body);
      }
    } catch (IOException bug) {
      throw new UncheckedIOException(bug);
    }
    return columns;
  }

  /** What can be a column is one, for others to read; the whole is kept besides. */
  private static void unknown(Map<String, Object> columns, Unknown u) {
    Map<String, @Nullable Object> body = Members.parse(u.json()).all();
    body.forEach(
        (name, value) -> {
          if (value == null || name.endsWith(TYPE_OF) || columns.containsKey(name)) {
            return;
          }
          boolean time = "Edm.DateTime".equals(body.get(name + TYPE_OF));
          boolean wide = "Edm.Int64".equals(body.get(name + TYPE_OF));
          if (time) {
            columns.put(name, Instant.parse(value.toString()));
          } else if (value instanceof Number n && wide) {
            columns.put(name, n.longValue());
          } else if (value instanceof String || value instanceof Boolean || isScalar(value)) {
            columns.put(name, value);
          } else {
            columns.put(name, Json.write(g -> Json.value(g, value)));
          }
        });
    columns.put(Extras.BODY, u.json());
  }

  private static boolean isScalar(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof Double;
  }

  static HistoryEvent read(Row row) {
    In in = new In(row);
    int eventId = in.number(EVENT_ID, HistoryEvent.NO_ACTION);
    Instant time = in.time(TIMESTAMP);
    return new HistoryEvent(
        eventId,
        time == null ? Instant.EPOCH : time,
        in.id(Extras.MESSAGE_ID),
        EventReader.read(in, in.need(EVENT_TYPE), eventId));
  }

  private record Out(Map<String, Object> columns) implements EventOut {
    @Override
    public void text(String name, @Nullable String value) {
      if (value != null) {
        columns.put(name, value);
      }
    }

    @Override
    public void number(String name, int value) {
      columns.put(name, value);
    }

    @Override
    public void flag(String name, boolean value) {
      columns.put(name, value);
    }

    @Override
    public void time(String name, @Nullable Instant value) {
      if (value == null) {
        return;
      }
      Instant column = Times.inTable(value);
      columns.put(name, column);
      if (!value.equals(column)) {
        columns.put(Extras.exact(name), value.toString());
      }
    }

    @Override
    public void status(String name, OrchestrationStatus value) {
      columns.put(name, Family.nameOf(value));
    }

    @Override
    public void instance(String name, Address value) {
      columns.put(name, Json.write(g -> PARTS.instance(g, value)));
    }

    @Override
    public void parent(String name, @Nullable ParentLink value) {
      columns.put(name, Json.write(g -> PARTS.parent(g, value)));
    }

    @Override
    public void failure(String name, @Nullable FailureDetails value) {
      columns.put(name, Json.write(g -> PARTS.failure(g, value)));
    }

    @Override
    public void tags(String name, Map<String, String> value) {
      columns.put(name, tagsText(value));
    }

    @Override
    public void noObject(String name) {
      columns.put(name, "null");
    }
  }

  static String tagsText(Map<String, String> tags) {
    return Json.write(g -> Parts.tags(g, tags));
  }

  static Map<String, String> tags(@Nullable String column) {
    Members m = members(column);
    return m == null ? Map.of() : m.texts();
  }

  /** The object that a column holds; null where it holds the text {@code null}. */
  private static @Nullable Members members(@Nullable String column) {
    return column == null || column.isEmpty() || column.equals("null")
        ? null
        : Members.parse(column);
  }

  private record In(Row row) implements EventIn {
    @Override
    public @Nullable String text(String name) {
      return row.text(name);
    }

    @Override
    public int number(String name, int absent) {
      return (int) row.number(name, absent);
    }

    @Override
    public boolean flag(String name) {
      return row.flag(name);
    }

    @Override
    public @Nullable Instant time(String name) {
      Instant time = row.time(name);
      return time == null ? null : Times.exact(time, row.text(Extras.exact(name)));
    }

    @Override
    public @Nullable OrchestrationStatus status(String name) {
      return Family.status(row.text(name));
    }

    @Override
    public @Nullable Address instance(String name) {
      Members m = members(row.text(name));
      return m == null ? null : m.instance();
    }

    @Override
    public @Nullable ParentLink parent(String name) {
      return Parts.parent(members(row.text(name)));
    }

    @Override
    public @Nullable FailureDetails failure(String name) {
      return Parts.failure(members(row.text(name)));
    }

    @Override
    public Map<String, String> tags(String name) {
      return RowEvent.tags(row.text(name));
    }

    @Override
    public String body() {
      String own = row.text(Extras.BODY);
      if (own != null) {
        return own;
      }
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      row.columns()
          .forEach(
              (name, value) -> {
                if (COMMON.contains(name)) {
                  return;
                }
                body.put(name, value instanceof Instant t ? t.toString() : value);
                if (value instanceof Instant) {
                  body.put(name + TYPE_OF, "Edm.DateTime");
                } else if (value instanceof Long) {
                  body.put(name + TYPE_OF, "Edm.Int64");
                }
              });
      return Json.write(g -> Json.value(g, body));
    }
  }
}
