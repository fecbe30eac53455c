package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.azurestorage.format.HistoryBatches.Batch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryBatchesTest {
  private static Row row(String text) {
    return new Row("i", "0", Map.of("Result", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e4", "\u4e2d", "\"", "\u0001", "\ud83d\ude00"})
  void aTransactionFitsIntoACallWhateverItsTextsAreMadeOf(String character) {
    String text = character.repeat(30_000 / character.length());
    int sent =
        switch (character) {
          case "\u0001" -> 6;
          case "\"" -> 2;
          default -> character.getBytes(UTF_8).length;
        };
    List<Batch> batches = HistoryBatches.of(Collections.nCopies(300, row(text)));
    for (Batch b : batches) {
      long inCall = (long) b.rows().size() * sent * (30_000 / character.length());
      assertThat(inCall).isLessThan(4L * 1024 * 1024 - 200_000);
      assertThat(b.rows()).hasSizeLessThanOrEqualTo(HistoryBatches.MAX_ROWS);
    }
    assertThat(batches.stream().mapToInt(b -> b.rows().size()).sum()).isEqualTo(300);
  }

  @Test
  void exactlyTheLastEndsTheChange() {
    List<Batch> batches = HistoryBatches.of(Collections.nCopies(250, row("x")));
    assertThat(batches).extracting(Batch::last).containsExactly(false, false, true);
    assertThat(HistoryBatches.of(List.of())).extracting(Batch::last).containsExactly(true);
  }
}
