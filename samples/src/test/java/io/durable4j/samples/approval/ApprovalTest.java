package io.durable4j.samples.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.inmemory.testing.DurableTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  @Test
  void takesTheAnswer() {
    assertThat(Approval.run(new String[] {"--deadline", "PT10M", "--by", "Bo"}))
        .isEqualTo("a new lamp: approved by Bo");
    assertThat(Approval.run(new String[] {"--deadline", "PT10M", "--answer", "no"}))
        .isEqualTo("a new lamp: refused by Ada");
  }

  @Test
  void escalatesAtTheDeadline() {
    assertThat(Approval.run(new String[] {"--deadline", "PT0.05S", "--answer", "none"}))
        .isEqualTo("a new lamp: no answer, escalated");
  }

  @Test
  void escalatesAfterThreeDaysInMilliseconds() {
    Duration deadline = Duration.ofHours(72);
    long began = System.nanoTime();
    try (DurableTest t = DurableTest.with(h -> h.orchestrator(Approval.REF, Approval::decide))) {
      var instance =
          t.client()
              .schedule(Approval.REF, new Approval.Request("a new lamp", deadline.toMillis()));
      assertThat(instance.result(deadline.plusDays(1)))
          .isEqualTo("a new lamp: no answer, escalated");
      assertThat(t.clock().jumps()).hasSize(1);
      assertThat(t.clock().jumps().get(0).length()).isEqualTo(deadline);
      assertThat(t.clock().realSeconds()).as("waits in real time").isZero();
    }
    System.out.printf(
        "72 hours until the approval's deadline: one jump, %d ms in all%n",
        Duration.ofNanos(System.nanoTime() - began).toMillis());
  }
}
