package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bytes put together for the journal. */
final class ByteOutTest {
  private final ByteOut out = new ByteOut();

  private byte[] bytes() {
    return Arrays.copyOf(out.array(), out.size());
  }

  @Test
  void putsBigEndianOneBehindTheOther() {
    out.put(7).put(true).putInt(1).putLong(2).putText("ä").putAll(new byte[] {9});

    byte[] expected =
        ByteBuffer.allocate(21)
            .put((byte) 7)
            .put((byte) 1)
            .putInt(1)
            .putLong(2)
            .putInt(2)
            .put("ä".getBytes(StandardCharsets.UTF_8))
            .put((byte) 9)
            .array();
    assertThat(bytes()).isEqualTo(expected);
  }

  @Test
  void growsAndLosesNothing() {
    byte[] large = new byte[3_000_000];
    Arrays.fill(large, (byte) 5);

    out.putInt(11).putAll(large).putInt(12);

    ByteBuffer all = ByteBuffer.wrap(bytes());
    assertThat(all.getInt(0)).isEqualTo(11);
    assertThat(Arrays.copyOfRange(all.array(), 4, 4 + large.length)).isEqualTo(large);
    assertThat(all.getInt(4 + large.length)).isEqualTo(12);
  }

  @Test
  void keepsItsMemoryUnlessThatGotLarge() {
    out.putAll(new byte[100_000]);
    byte[] grown = out.array();
    out.clear();
    assertThat(out.size()).isZero();
    assertThat(out.array()).isSameAs(grown);

    out.putAll(new byte[2_000_000]).clear();
    assertThat(out.array().length).isLessThan(10_000);
  }

  @Test
  void whatDoesNotFitIntoAnArrayChangesNothing() {
    out.putInt(1);
    assertThatThrownBy(() -> out.room(Integer.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    assertThat(bytes()).hasSize(4);
  }
}
