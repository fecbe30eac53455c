package io.durable4j.samples.testing;

import static io.durable4j.samples.testing.OrderFlow.ORDER;
import static io.durable4j.samples.testing.OrderFlow.PACKED;
import static io.durable4j.samples.testing.OrderFlow.stock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.client.OrchestrationFailedException;
import io.durable4j.inmemory.testing.DurableTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests without any extension: this is what another framework than JUnit does, too. */
class FirstTest {
  private static final Order LAMPS = new Order("o-1", "lamp", 2, "card-7", 5_000);

  private final Bank bank = new Bank();

  /** Stands for the bank, and remembers. */
  private static final class Bank implements Payments {
    private final List<String> did = new ArrayList<>();

    @Override
    public String charge(String key, String card, long cents) {
      did.add("charge " + key + " " + cents);
      return "b-1";
    }

    @Override
    public void refund(String key) {
      did.add("refund " + key);
    }
  }

  // snippet first
  @Test
  void anOrderThatIsPackedIsShipped() {
    try (DurableTest t = start()) {
      t.client().signal(stock("lamp"), s -> s.fill(5));
      var order = t.client().schedule(ORDER, LAMPS);
      order.raise(PACKED, 1);
      assertThat(order.result(Duration.ofDays(1))).isEqualTo("parcel of o-1");
      assertThat(bank.did).containsExactly("charge o-1 5000");
    }
  }

  private DurableTest start() {
    return DurableTest.with(
        host ->
            host.orchestrator(ORDER, OrderFlow::new)
                .entity(Stock.class, Stock.Code::new)
                .activities(Payments.class, bank)
                .activities(Shipping.class, (order, parcels) -> "parcel of " + order));
  }

  // end

  // snippet deadline
  @Test
  void anOrderThatNobodyPacksIsUndone() {
    try (DurableTest t = start()) {
      t.client().signal(stock("lamp"), s -> s.fill(5));
      var order = t.client().schedule(ORDER, LAMPS);
      assertThatThrownBy(() -> order.result(Duration.ofDays(4)))
          .isInstanceOf(OrchestrationFailedException.class)
          .hasMessageContaining("o-1 was not packed within PT72H");
      assertThat(t.clock().jumps()).hasSize(1); // three days are one
      assertThat(bank.did).containsExactly("charge o-1 5000", "refund o-1");
      assertThat(t.client().entityState(stock("lamp"), Integer.class)).contains(5);
    }
  }
  // end
}
