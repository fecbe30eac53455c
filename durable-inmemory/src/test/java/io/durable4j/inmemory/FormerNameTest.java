package io.durable4j.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.ActivityRef;
import io.durable4j.activity.Name;
import io.durable4j.data.DurableException;
import io.durable4j.inmemory.testing.DurableTest;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls that were on their way when their activity was renamed. */
class FormerNameTest {
  private static final OrchestratorRef<String, Integer> ASK =
      OrchestratorRef.of("Ask", String.class, Integer.class);
  private static final ActivityRef<String, Integer> FORMER =
      ActivityRef.of("Shop.price", String.class, Integer.class);

  private interface Shop {
    @Name(value = "Shop.quote", aliases = "Shop.price")
    int quote(String what);
  }

  @Test
  void aCallByTheFormerNameIsServed() {
    try (DurableTest t =
        DurableTest.with(
            host ->
                host.orchestrator(ASK, (ctx, what) -> ctx.callActivity(FORMER, what).await())
                    .activities(Shop.class, what -> what.length(), l -> l.maxConcurrent(1)))) {
      assertThat(t.client().schedule(ASK, "lamp").result(Duration.ofMinutes(1))).isEqualTo(4);
    }
  }

  @Test
  void aFormerNameIsNotGivenToAnother() {
    assertThatThrownBy(
            () ->
                DurableTest.with(
                    host ->
                        host.activity(FORMER, what -> 1).activities(Shop.class, String::length)))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("Activity 'Shop.quote' was called 'Shop.price' once");
  }
}
