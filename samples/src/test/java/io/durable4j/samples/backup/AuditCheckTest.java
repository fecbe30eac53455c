package io.durable4j.samples.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.samples.backup.AuditCheck.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The proof must be able to fail. */
class AuditCheckTest {
  @Test
  void holdsWhenOnlyTheRestRan() {
    Verdict v =
        AuditCheck.verify(
            List.of("e:0"), List.of("start\te:1\tcopy", "done\te:1\tcopy"), List.of("e:0", "e:1"));
    assertThat(v.holds(2)).isTrue();
    assertThat(v.ran()).isEqualTo(1);
  }

  @Test
  void failsWhenARecordedStepRanAgain() {
    Verdict v = AuditCheck.verify(List.of("e:0"), List.of("start\te:0\tcopy"), List.of("e:0"));
    assertThat(v.again()).isEqualTo(1);
    assertThat(v.holds(1)).isFalse();
  }

  @Test
  void failsWhenARecordedResultIsForgottenOrRecordedTwice() {
    assertThat(AuditCheck.verify(List.of("e:0"), List.of(), List.of("e:1")).holds(1)).isFalse();
    assertThat(AuditCheck.verify(List.of(), List.of(), List.of("e:1", "e:1")).holds(2)).isFalse();
  }

  @Test
  void failsWhenAStepIsMissing() {
    assertThat(AuditCheck.verify(List.of(), List.of(), List.of("e:0")).holds(2)).isFalse();
  }
}
