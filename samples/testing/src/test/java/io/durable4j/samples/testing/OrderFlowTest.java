package io.durable4j.samples.testing;

import static io.durable4j.samples.testing.OrderFlow.ORDER;
import static io.durable4j.samples.testing.OrderFlow.PACKED;
import static io.durable4j.samples.testing.OrderFlow.stock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.durable4j.client.DurableClient;
import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.inmemory.testing.DurableTest;
import io.durable4j.inmemory.testing.TestClock;
import io.durable4j.inmemory.testing.TestStoppedError;
import io.durable4j.inmemory.testing.junit.DurableExtension;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests with the extension and with mocks. */
class OrderFlowTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Order LAMPS = new Order("o-1", "lamp", 2, "card-7", 5_000);

  // snippet extension
  private final Payments payments = mock(Payments.class);
  private final Shipping shipping = mock(Shipping.class);

  @RegisterExtension
  final DurableExtension durable =
      DurableExtension.with(
          host ->
              host.orchestrator(ORDER, OrderFlow::new)
                  .entity(Stock.class, Stock.Code::new)
                  .activities(Payments.class, payments)
                  .activities(Shipping.class, shipping));

  @BeforeEach
  void fill(DurableClient client) {
    client.signal(stock("lamp"), s -> s.fill(5));
  }

  @Test
  void theBankIsAskedAgainWithTheSameKey(DurableClient client, TestClock clock) {
    when(payments.charge(any(), any(), anyLong()))
        .thenThrow(new IllegalStateException("down"))
        .thenReturn("b-1");
    var order = client.schedule(ORDER, LAMPS);
    order.raise(PACKED, 1);
    order.result(DAY);
    verify(payments, times(2)).charge("o-1", "card-7", 5_000);
    verify(shipping).ship("o-1", 1);
    assertThat(clock.jumps()).hasSize(1); // the pause before the second attempt
  }

  // end

  @Test
  void whatIsNotThereIsNotPaid(DurableClient client) {
    var order = client.schedule(ORDER, new Order("o-2", "lamp", 6, "card-7", 5_000));
    assertThatThrownBy(() -> order.result(DAY))
        .isInstanceOf(OrchestrationFailedException.class)
        .hasMessageContaining("only 5 of lamp");
    verify(payments, never()).charge(any(), any(), anyLong());
  }

  // snippet paused
  @Test
  void stepByStep(DurableTest test, DurableClient client, TestClock clock) {
    clock.pause();
    var order = client.schedule(ORDER, LAMPS);
    test.runUntilIdle();
    verify(payments).charge("o-1", "card-7", 5_000);
    assertThat(order.explain()).contains("Waits for event 'packed'");

    clock.advance(Duration.ofHours(71));
    assertThatThrownBy(() -> order.result(DAY))
        .isInstanceOf(TestStoppedError.class)
        .hasMessageContaining("The clock is paused")
        .hasMessageContaining("Call advance(PT1H)");
    verify(payments, never()).refund(any());

    clock.advance(Duration.ofHours(1));
    assertThatThrownBy(() -> order.result(Duration.ZERO))
        .isInstanceOf(OrchestrationFailedException.class);
    verify(payments).refund("o-1");
  }
  // end
}
