package io.durable4j.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.Unknown;
import io.durable4j.history.HistoryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncodersTest {
  private static final HistoryEvent GOOD =
      HistoryEvent.of(Instant.EPOCH, null, new EventBody.OrchestratorStarted());

  /** The body of an unknown kind has to be JSON. */
  private static final HistoryEvent BAD =
      HistoryEvent.of(Instant.EPOCH, null, new Unknown("Future", "{"));

  @Test
  void an_encoder_that_was_closed_serves_the_next() {
    Encoders encoders = new Encoders();
    Encoder first = encoders.take();
    byte[] bytes = first.encode(GOOD);
    first.close();
    first.close();
    assertThat(encoders.take()).isSameAs(first);
    assertThat(first.encode(GOOD)).isEqualTo(bytes).isEqualTo(Codec.encode(GOOD));
    assertThat(encoders.take()).isNotSameAs(first);
  }

  @Test
  void an_encoder_that_failed_serves_nobody() {
    Encoders encoders = new Encoders();
    Encoder failed = encoders.take();
    assertThatThrownBy(() -> failed.encode(BAD)).isInstanceOf(DurableException.class);
    failed.close();
    Encoder next = encoders.take();
    assertThat(next).isNotSameAs(failed);
    assertThat(next.encode(GOOD)).isEqualTo(Codec.encode(GOOD));
  }

  @Test
  void only_a_few_are_kept() {
    Encoders encoders = new Encoders();
    List<Encoder> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(encoders.take());
    }
    many.forEach(Encoder::close);
    Set<Encoder> kept = new LinkedHashSet<>(many);
    for (int i = 0; i < 20; i++) {
      kept.remove(encoders.take());
    }
    assertThat(kept).hasSize(12);
  }
}
