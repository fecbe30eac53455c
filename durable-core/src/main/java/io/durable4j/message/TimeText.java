package io.durable4j.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants as {@link Instant#toString} and {@link Instant#parse} have them, without their general
 * formatter: every event has a time, and the formatter took a third of the time of its codec.
 */
final class TimeText {
  /** The greatest length of what {@link #write} writes. */
  static final int MAX_LENGTH = 30;

  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final int SECONDS_END = 19;
  private static final int BAD = -1;

  private TimeText() {}

  /**
   * Whether {@link #write} can write it.
   *
   * @param time the time
   * @return false beyond the years 0 to 9999
   */
  static boolean isPlain(Instant time) {
    return time.getEpochSecond() >= YEAR_0 && time.getEpochSecond() < YEAR_10000;
  }

  /**
   * Writes a time as ISO-8601, with 0, 3, 6 or 9 digits behind the second.
   *
   * @param time a plain time
   * @param to where to
   * @return how many characters were written
   */
  static int write(Instant time, char[] to) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    digits(to, 0, 4, t.getYear());
    to[4] = '-';
    digits(to, 5, 2, t.getMonthValue());
    to[7] = '-';
    digits(to, 8, 2, t.getDayOfMonth());
    to[10] = 'T';
    digits(to, 11, 2, t.getHour());
    to[13] = ':';
    digits(to, 14, 2, t.getMinute());
    to[16] = ':';
    digits(to, 17, 2, t.getSecond());
    int end = SECONDS_END;
    int nano = time.getNano();
    if (nano != 0) {
      int count = nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
      to[end] = '.';
      digits(to, end + 1, count, count == 3 ? nano / 1_000_000 : count == 6 ? nano / 1_000 : nano);
      end += 1 + count;
    }
    to[end] = 'Z';
    return end + 1;
  }

  private static void digits(char[] to, int at, int count, int value) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      to[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Reads a time.
   *
   * @param text ISO-8601
   * @return the time
   * @throws DateTimeException when the text is none
   */
  static Instant parse(String text) {
    int last = text.length() - 1;
    boolean plain =
        last >= SECONDS_END
            && last < MAX_LENGTH
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && text.charAt(last) == 'Z';
    int year = plain ? number(text, 0, 4) : BAD;
    int month = plain ? number(text, 5, 7) : BAD;
    int day = plain ? number(text, 8, 10) : BAD;
    int hour = plain ? number(text, 11, 13) : BAD;
    int minute = plain ? number(text, 14, 16) : BAD;
    int second = plain ? number(text, 17, 19) : BAD;
    int nano = plain ? nano(text, last) : BAD;
    boolean usual =
        Math.min(Math.min(Math.min(year, month), Math.min(day, hour)), Math.min(minute, second))
                >= 0
            && nano >= 0
            && hour < 24
            && minute < 60
            && second < 60;
    if (!usual) {
      return Instant.parse(text);
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nano);
  }

  private static int nano(String text, int end) {
    if (end == SECONDS_END) {
      return 0;
    }
    int fraction = number(text, SECONDS_END + 1, end);
    if (text.charAt(SECONDS_END) != '.' || end == SECONDS_END + 1 || fraction < 0) {
      return BAD;
    }
    for (int digits = end - SECONDS_END - 1; digits < 9; digits++) {
      fraction *= 10;
    }
    return fraction;
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
