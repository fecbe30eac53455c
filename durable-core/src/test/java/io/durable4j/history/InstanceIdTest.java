package io.durable4j.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIdTest {
  @ParameterizedTest
  @CsvSource({
    "'', it is empty",
    "'a\tb', U+0009 at index 1",
    "'\0', U+0000 at index 0",
    "'ab\u007f', U+007F at index 2",
    "'\u0085', U+0085 at index 0",
    "'a\ud800', unpaired surrogate at index 1",
    "'\udc00a', unpaired surrogate at index 0",
    "'\ud83d\ud83d\ude00', unpaired surrogate at index 0"
  })
  void malformed_ids_are_refused(String id, String why) {
    assertThatThrownBy(() -> new InstanceId(id))
        .isInstanceOf(InstanceId.InvalidIdException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a/b\\c?d#e", "\ud83d\ude00", "ä", "A", "%2F"})
  void everything_else_is_an_id(String id) {
    assertThat(new InstanceId(id)).hasToString(id);
  }

  @Test
  void an_orchestration_has_no_id_of_an_entity() {
    assertThat(InstanceId.ofOrchestration("a@b")).hasToString("a@b");
    assertThatThrownBy(() -> InstanceId.ofOrchestration("@a@b"))
        .isInstanceOf(InstanceId.InvalidIdException.class)
        .hasMessageContaining("'@a@b' begins with @");
    assertThatThrownBy(() -> InstanceId.ofOrchestration("")).hasMessageContaining("it is empty");
  }

  @Test
  void the_length_is_limited() {
    assertThat(new InstanceId("x".repeat(256)).value()).hasSize(256);
    assertThatThrownBy(() -> new InstanceId("x".repeat(257))).hasMessageContaining("257");
  }
}
