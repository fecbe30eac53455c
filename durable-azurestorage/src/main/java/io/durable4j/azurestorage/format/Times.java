package io.durable4j.azurestorage.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/**
 * Times as the family has them: units of 100 ns, in the years 1 to 9999, of tables 1601 to 9999.
 */
final class Times {
  private static final String NONE = "0001-01-01T00:00:00";
  private static final Instant FIRST = Instant.parse(NONE + "Z");
  private static final Instant FIRST_OF_TABLES = Instant.parse("1601-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999900Z");
  private static final int NANOS_IN_TICK = 100;
  private static final long TICKS_IN_SECOND = 10_000_000;
  private static final int DIGITS = 7;
  private static final int SECONDS_END = 19;

  private Times() {}

  /** The time as a message can hold it. */
  static Instant inMessage(Instant time) {
    return within(time, FIRST);
  }

  /** Whether a message can hold the time as it is; the first one means that there is none. */
  static boolean isHeld(Instant time) {
    return time.isAfter(FIRST) && time.equals(inMessage(time));
  }

  /** The time as a column can hold it. */
  static Instant inTable(Instant time) {
    return within(time, FIRST_OF_TABLES);
  }

  private static Instant within(Instant time, Instant first) {
    if (time.isBefore(first)) {
      return first;
    }
    Instant t = time.isAfter(LAST) ? LAST : time;
    return Instant.ofEpochSecond(t.getEpochSecond(), (long) ticksInSecond(t) * NANOS_IN_TICK);
  }

  private static int ticksInSecond(Instant t) {
    return t.get(ChronoField.NANO_OF_SECOND) / NANOS_IN_TICK;
  }

  /** The units since the year 1. */
  static long ticks(Instant time) {
    Instant t = inMessage(time);
    return (t.getEpochSecond() - FIRST.getEpochSecond()) * TICKS_IN_SECOND + ticksInSecond(t);
  }

  /** As messages have it: without trailing zeros. */
  static String text(Instant time) {
    Instant t = inMessage(time);
    StringBuilder text = seconds(t);
    int ticks = ticksInSecond(t);
    if (ticks != 0) {
      int end = fraction(text, ticks);
      while (text.charAt(end - 1) == '0') {
        end--;
      }
      text.setLength(end);
    }
    return text.append('Z').toString();
  }

  /** As filters have it: always with seven digits behind the second. */
  static String inFilter(Instant time) {
    Instant t = inTable(time);
    StringBuilder text = seconds(t);
    fraction(text, ticksInSecond(t));
    return text.append('Z').toString();
  }

  private static StringBuilder seconds(Instant t) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(t.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(SECONDS_END + DIGITS + 2);
    digits(text, 4, time.getYear(), '-');
    digits(text, 2, time.getMonthValue(), '-');
    digits(text, 2, time.getDayOfMonth(), 'T');
    digits(text, 2, time.getHour(), ':');
    digits(text, 2, time.getMinute(), ':');
    digits(text, 2, time.getSecond(), '.');
    text.setLength(SECONDS_END);
    return text;
  }

  private static int fraction(StringBuilder text, int ticks) {
    text.append('.');
    digits(text, DIGITS, ticks, 'Z');
    text.setLength(text.length() - 1);
    return text.length();
  }

  private static void digits(StringBuilder text, int count, int value, char after) {
    int unit = 1;
    for (int i = 1; i < count; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      text.append((char) ('0' + value / unit % 10));
    }
    text.append(after);
  }

  /**
   * Reads a time, with {@code Z}, an offset, or neither, which is UTC.
   *
   * @return the time; null for none: absent, or the first of the year 1
   * @throws java.time.DateTimeException when the text is no time
   */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.startsWith(NONE)) {
      return null;
    }
    boolean zoned =
        text.endsWith("Z")
            || text.indexOf('+') > 0
            || text.lastIndexOf('-') > "yyyy-MM-dd".length();
    return OffsetDateTime.parse(zoned ? text : text + "Z").toInstant();
  }

  /** The exact time, if there is one that still belongs to the family's; else the family's. */
  static Instant exact(Instant familys, @Nullable String exact) {
    if (exact == null) {
      return familys;
    }
    Instant time = Instant.parse(exact);
    return inTable(time).equals(inTable(familys)) ? time : familys;
  }
}
