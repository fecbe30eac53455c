package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists that share their arrays. */
final class HistoryTest {
  private static final byte[] A = {1};
  private static final byte[] B = {2};
  private static final byte[] C = {3};

  @Test
  void twoListsThatGrewFromOneDoNotMix() {
    History base = History.of(List.of(A));
    History one = base.append(List.of(B));
    History other = base.append(List.of(C));
    assertThat(base.events()).containsExactly(A);
    assertThat(one.events()).containsExactly(A, B);
    assertThat(other.events()).containsExactly(A, C);
  }
}
