package io.durable4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.InstanceId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueIdTest {
  /** Vectors of the draft that describes the hash. */
  @ParameterizedTest
  @CsvSource({"a, e40c292c", "b, e70c2de5", "foobar, bf9cf968"})
  void an_instance_goes_where_the_hash_of_its_id_says(String id, String hash) {
    int partitions = 13;
    int expected = Integer.remainderUnsigned(Integer.parseUnsignedInt(hash, 16), partitions);
    assertThat(QueueId.control(new InstanceId(id), partitions))
        .isEqualTo(new QueueId(QueueId.Kind.CONTROL, expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-42", "\u00fc", "a\u00fcb", "\u20ac", "x\ud83d\ude00"})
  void the_hash_is_of_the_bytes_in_utf_8(String id) {
    BigInteger hash = BigInteger.valueOf(0x811C9DC5L);
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash =
          hash.xor(BigInteger.valueOf(b & 0xFF))
              .multiply(BigInteger.valueOf(16_777_619))
              .mod(BigInteger.ONE.shiftLeft(32));
    }
    int expected = hash.mod(BigInteger.valueOf(16)).intValueExact();
    assertThat(QueueId.control(new InstanceId(id), 16).shard()).isEqualTo(expected);
  }
}
