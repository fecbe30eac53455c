package io.durable4j.internal.controlled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StayingChooserTest {
  /** Two threads that write their letter; how often the letter changes, and all letters. */
  private static String letters(Chooser chooser) {
    StringBuilder said = new StringBuilder();
    ControlledDrive.run(
        chooser,
        Instant.EPOCH,
        d -> {
          List<Drive.Running> all = new ArrayList<>();
          for (String letter : List.of("a", "b")) {
            all.add(
                d.work(
                    letter,
                    () -> {
                      for (int i = 0; i < 200; i++) {
                        said.append(letter);
                        d.giveWay();
                      }
                    }));
          }
          all.forEach(r -> r.join(Signal.FOREVER));
        });
    return said.toString();
  }

  private static int changes(String letters) {
    int changes = 0;
    for (int i = 1; i < letters.length(); i++) {
      if (letters.charAt(i) != letters.charAt(i - 1)) {
        changes++;
      }
    }
    return changes;
  }

  @Test
  void alwaysStayingNeverChangesBeforeTheEnd() {
    assertThat(letters(Chooser.seeded(1, 100, 10_000))).matches("(a{200}b{200})|(b{200}a{200})");
  }

  @Test
  void moreStayingMeansFewerChanges() {
    int seldom = changes(letters(Chooser.seeded(1, 90, 10_000)));
    int often = changes(letters(Chooser.seeded(1, 0, 10_000)));
    assertThat(seldom).isPositive().isLessThan(often / 2);
  }

  @Test
  void afterTheLimitItIsFirstComeFirstServed() {
    String all = letters(Chooser.seeded(1, 50, 10_000));
    String cut = letters(Chooser.seeded(1, 50, 100));
    int same = 0;
    while (all.charAt(same) == cut.charAt(same)) {
      same++;
    }
    assertThat(same).isGreaterThan(40);
    assertThat(cut.substring(120, 200)).matches("(ab){40}|(ba){40}");
    assertThat(letters(Chooser.seeded(1, 50, 0))).isEqualTo(letters(Chooser.fifo()));
  }

  @Test
  void sameSeedSameChoices() {
    assertThat(letters(Chooser.seeded(5, 30, 1_000)))
        .isEqualTo(letters(Chooser.seeded(5, 30, 1_000)))
        .isNotEqualTo(letters(Chooser.seeded(6, 30, 1_000)));
  }

  @Test
  void refusesBadNumbers() {
    assertThatThrownBy(() -> Chooser.seeded(1, 101, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Chooser.seeded(1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Chooser.seeded(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
