package io.durable4j.internal.entity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Times as the family writes them: exactly seven digits behind the second, and {@code Z}. What has
 * no time is the first second of the year 1, without a zone.
 */
final class EntityTime {
  /** No time. */
  static final String NONE = "0001-01-01T00:00:00";

  private static final Instant FIRST = Instant.parse(NONE + "Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999900Z");
  private static final int NANOS_IN_UNIT = 100;
  private static final int SECONDS_END = 19;
  private static final int MAX_DIGITS = 9;
  private static final int BAD = -1;

  private EntityTime() {}

  /** The last time before this one, or this one, that the form can hold. */
  static Instant floor(Instant time) {
    int nano = time.getNano() / NANOS_IN_UNIT * NANOS_IN_UNIT;
    return Instant.ofEpochSecond(time.getEpochSecond(), nano);
  }

  /** Writes a time, or that there is none. Times that the form cannot hold become its ends. */
  static String write(@Nullable Instant time) {
    if (time == null || !time.isAfter(FIRST)) {
      return NONE;
    }
    Instant within = time.isAfter(LAST) ? LAST : time;
    LocalDateTime t = LocalDateTime.ofEpochSecond(within.getEpochSecond(), 0, ZoneOffset.UTC);
    char[] to = new char[SECONDS_END + 9];
    digits(to, 0, 4, t.getYear(), '-');
    digits(to, 5, 2, t.getMonthValue(), '-');
    digits(to, 8, 2, t.getDayOfMonth(), 'T');
    digits(to, 11, 2, t.getHour(), ':');
    digits(to, 14, 2, t.getMinute(), ':');
    digits(to, 17, 2, t.getSecond(), '.');
    digits(to, SECONDS_END + 1, 7, within.getNano() / NANOS_IN_UNIT, 'Z');
    return new String(to);
  }

  private static void digits(char[] to, int at, int count, int value, char after) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      to[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    to[at + count] = after;
  }

  /**
   * Reads a time.
   *
   * @param text ISO-8601; without a zone it is UTC
   * @return the time; null for none
   * @throws DateTimeException when the text is no time
   */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.equals(NONE)) {
      return null;
    }
    Instant time = text.charAt(text.length() - 1) == 'Z' ? utc(text) : null;
    if (time == null) {
      time = general(text);
    }
    return time.isAfter(FIRST) ? time : null;
  }

  private static Instant general(String text) {
    int zone = Math.max(text.indexOf('+'), text.lastIndexOf('-'));
    boolean local = zone <= 7 && text.charAt(text.length() - 1) != 'Z';
    return OffsetDateTime.parse(local ? text + "Z" : text).toInstant();
  }

  /** A time as {@link #write} writes it, with any number of digits; null when it is another. */
  private static @Nullable Instant utc(String text) {
    int end = text.length() - 1;
    if (end < SECONDS_END
        || end > SECONDS_END + 1 + MAX_DIGITS
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (end > SECONDS_END && text.charAt(SECONDS_END) != '.')) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nano = number(text, Math.min(SECONDS_END + 1, end), end);
    if ((year | month | day | hour | minute | second | nano) < 0) {
      return null;
    }
    for (int digits = end - SECONDS_END - 1; digits < MAX_DIGITS; digits++) {
      nano *= 10;
    }
    return LocalDateTime.of(year, month, day, hour, minute, second, nano).toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return BAD;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
