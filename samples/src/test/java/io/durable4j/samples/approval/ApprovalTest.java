package io.durable4j.samples.approval;

import static org.assertj.core.api.Assertions.assertThat;

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
}
