package io.durable4j.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.durable4j.data.DurableException;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.RecordedHistory;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A history as JSON text for people, files and tests: an object that tells whose history it is,
 * with an event a line. The same history gives the same text, and the text gives the same history,
 * whatever the payloads are: one that is JSON stands there as JSON ({@code "input": {"sku":"a"}}),
 * any other, and JSON that is spaced or escaped in a way of its own, as text under another name
 * ({@code "inputText": "<order/>"}).
 */
public final class HistoryJson {
  /** The newest form of the text that this version reads, and the one that it writes. */
  public static final int FORMAT = 1;

  private static final int NO_FORMAT = -1;

  private HistoryJson() {}

  /**
   * Writes a history.
   *
   * @param history the history
   * @return the text, which ends with a new line
   */
  public static String write(RecordedHistory history) {
    StringBuilder out = new StringBuilder("{\n  \"format\": ").append(FORMAT);
    member(out, "orchestrator", history.orchestrator());
    member(out, "version", history.version().isEmpty() ? null : history.version());
    member(out, "instance", history.instance().value());
    member(out, "execution", history.execution().value());
    member(out, "status", history.status().name());
    Duration longest = history.longestTimer();
    member(out, "longestTimer", longest == null ? null : longest.toString());
    out.append(",\n  \"events\": [");
    String separator = "\n    ";
    for (HistoryEvent e : history.events()) {
      out.append(separator).append(HistoryLine.write(e));
      separator = ",\n    ";
    }
    return out.append(history.events().isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
  }

  private static void member(StringBuilder out, String name, @Nullable String value) {
    if (value != null) {
      String text = HistoryLine.quoted(value);
      out.append(",\n  \"").append(name).append("\": ").append(text);
    }
  }

  /**
   * Reads a whole history: one that begins with its start.
   *
   * @param json the text
   * @return the history
   * @throws DurableException when it is no JSON (with line and column), of a newer format, holds an
   *     event of an unknown kind, does not begin with the start, or says something else of itself
   *     than its events do
   */
  public static RecordedHistory read(String json) {
    int format = format(json);
    if (format > FORMAT) {
      throw new DurableException(
          "The history is of format "
              + format
              + ", and this version reads formats up to "
              + FORMAT
              + "; read it with the version that wrote it, or a newer one");
    }
    return parsing(json, HistoryJson::history);
  }

  /** Reads all of the text once, so that what is wrong with it as JSON is said first. */
  private static int format(String json) {
    int found =
        parsing(
            json,
            p -> {
              int format = NO_FORMAT;
              if (p.nextToken() != JsonToken.START_OBJECT) {
                throw notAHistory();
              }
              for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                JsonToken value = p.nextToken();
                if (name.equals("format") && value == JsonToken.VALUE_NUMBER_INT) {
                  format = p.getIntValue();
                }
                p.skipChildren();
              }
              if (p.nextToken() != null) {
                throw new DurableException("Something follows the history" + at(p));
              }
              return format;
            });
    if (found == NO_FORMAT) {
      throw notAHistory();
    }
    return found;
  }

  private static DurableException notAHistory() {
    return new DurableException(
        "This is no history: a JSON object with \"format\", \"orchestrator\" and \"events\" is"
            + " expected, as InstanceHandle.historyJson() gives it");
  }

  private static RecordedHistory history(JsonParser p) throws IOException {
    Map<String, String> header = new TreeMap<>();
    List<HistoryEvent> events = new ArrayList<>();
    p.nextToken();
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      JsonToken value = p.nextToken();
      if (name.equals("events") && value == JsonToken.START_ARRAY) {
        while (p.nextToken() != JsonToken.END_ARRAY) {
          events.add(event(p));
        }
      } else if (value == JsonToken.VALUE_STRING) {
        header.put(name, p.getText());
      } else {
        p.skipChildren();
      }
    }
    ExecutionStarted start = RecordedHistory.startOf(events);
    if (start == null) {
      throw new DurableException(
          "The history is not whole: it does not begin with the start of an execution"
              + " (ExecutionStarted); record all of it, from the first event");
    }
    RecordedHistory history = RecordedHistory.of(start, events, longestTimer(header));
    check(header, "orchestrator", history.orchestrator());
    check(header, "version", history.version());
    check(header, "instance", history.instance().value());
    check(header, "execution", history.execution().value());
    check(header, "status", history.status().name());
    return history;
  }

  private static void check(Map<String, String> header, String name, String told) {
    String said = header.getOrDefault(name, "");
    if (!said.equals(told)) {
      throw new DurableException(
          "The history says of itself that its "
              + name
              + " is '"
              + said
              + "', and its events say '"
              + told
              + "'; was one of both edited?");
    }
  }

  private static @Nullable Duration longestTimer(Map<String, String> header) {
    String text = header.get("longestTimer");
    try {
      return text == null ? null : Duration.parse(text);
    } catch (DateTimeException e) {
      throw new DurableException("\"longestTimer\" is no ISO-8601 duration: " + text, e);
    }
  }

  private static HistoryEvent event(JsonParser p) throws IOException {
    String at = at(p);
    if (p.currentToken() != JsonToken.START_OBJECT) {
      throw new DurableException("This is no event" + at);
    }
    byte[] stored = HistoryLine.read(p);
    HistoryEvent event;
    try {
      event = Codec.event(stored);
    } catch (DurableException e) {
      throw new DurableException("This is no event" + at + ": " + e.getMessage(), e);
    }
    if (event.body() instanceof EventBody.Unknown u) {
      throw new DurableException(
          "The event"
              + at
              + " is of the kind '"
              + u.type()
              + "', which this version does not know");
    }
    return event;
  }

  private static String at(JsonParser p) {
    JsonLocation where = p.currentTokenLocation();
    return " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
  }

  private interface Reading<T> {
    T read(JsonParser p) throws IOException;
  }

  private static <T> T parsing(String json, Reading<T> reading) {
    try (JsonParser p = Json.FACTORY.createParser(json)) {
      return reading.read(p);
    } catch (JacksonException e) {
      JsonLocation where = e.getLocation();
      throw new DurableException(
          "The history is no JSON (line "
              + (where == null ? 1 : where.getLineNr())
              + ", column "
              + (where == null ? 1 : where.getColumnNr())
              + "): "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new DurableException("The history cannot be read: " + e.getMessage(), e);
    }
  }
}
