package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.fixtures.Covers;
import io.durable4j.history.InstanceId;
import io.durable4j.spi.QueueId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Covers("AZ-02")
class KeysTest {
  @ParameterizedTest
  @CsvSource({
    "a/b\\c#d?e^f, a^0b^1c^2d^3e^^f",
    "'x\ty\n', x^Éy^Ê",
    "'\u007f', '^\u013f'",
    "'\u009f', '^\u015f'",
    "'100%|it''s', '100%|it''s'",
    "'', ''",
  })
  void vectors(String id, String key) {
    assertThat(Keys.escape(id)).isEqualTo(key);
    assertThat(Keys.unescape(key)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "^",
        "^^",
        "#%/\\?^",
        "'\"",
        "\u0000\u001f\u007f\u009f",
        "\uFFFF",
        "^0/É",
        "^É"
      })
  void whatIsEscapedComesBack(String id) {
    String key = Keys.escape(id);
    assertThat(Keys.unescape(key)).isEqualTo(id);
    assertThat(key).doesNotContain("/", "\\", "#", "?");
    assertThat(key.chars().noneMatch(Character::isISOControl)).isTrue();
  }

  @Test
  void everyCharacterComesBack() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      assertThat(Keys.unescape(Keys.escape("a" + c + "b"))).isEqualTo("a" + c + "b");
    }
  }

  @Test
  void unknownEscapesAreRead() {
    assertThat(Keys.unescape("a^zb^")).isEqualTo("azb^");
  }

  @ParameterizedTest
  @CsvSource({
    "order-42, 0, 4",
    "0f8fad5bd9cb469fa16570867728950e, 3, 3",
    "@counter@mykey, 0, 0",
    "test|123:with white spcae, 2, 14",
  })
  void theHashOfTheRawIdChoosesTheQueue(String id, int of4, int of16) {
    assertThat(QueueId.control(new InstanceId(id), 4).shard()).isEqualTo(of4);
    assertThat(QueueId.control(new InstanceId(id), 16).shard()).isEqualTo(of16);
  }

  @Test
  void unpairedSurrogatesAreRefused() {
    assertThatThrownBy(() -> new InstanceId("a\uD800b"))
        .isInstanceOf(InstanceId.InvalidIdException.class)
        .hasMessageContaining("unpaired surrogate");
  }
}
