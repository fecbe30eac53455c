package io.durable4j.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.InstanceId;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ResultWaitsTest {
  private static final InstanceId ONE = new InstanceId("one");
  private final ResultWaits waits = new ResultWaits();
  private final List<String> woken = new ArrayList<>();

  private ResultWaits.Wait wait(String name, Predicate<OrchestrationStatus> isFor) {
    Signal signal =
        new Signal() {
          @Override
          public void raise() {
            woken.add(name);
          }

          @Override
          public boolean await(long untilNanos) {
            throw new IllegalStateException("nobody waits here");
          }
        };
    ResultWaits.Wait wait = new ResultWaits.Wait(isFor, signal);
    waits.add(ONE, wait);
    return wait;
  }

  @Test
  void onlyThoseAreWokenWhoWaitForSuchAChange() {
    wait("start", s -> s != OrchestrationStatus.PENDING);
    ResultWaits.Wait end = wait("end", OrchestrationStatus::isTerminal);
    waits.changed(new InstanceId("two"), null);
    waits.changed(ONE, OrchestrationStatus.PENDING);
    assertThat(woken).isEmpty();
    waits.changed(ONE, OrchestrationStatus.RUNNING);
    assertThat(woken).containsExactly("start");
    waits.changed(ONE, OrchestrationStatus.TERMINATED);
    assertThat(woken).containsExactly("start", "start", "end");
    woken.clear();
    waits.changed(ONE, null);
    assertThat(woken).as("whose status nobody knows").containsExactly("start", "end");
    waits.remove(ONE, end);
    woken.clear();
    waits.close();
    assertThat(woken).containsExactly("start");
  }
}
