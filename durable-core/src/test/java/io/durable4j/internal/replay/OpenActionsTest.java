package io.durable4j.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenActionsTest {
  private static final int STEPS = 20_000;

  /** At most so many wait: a chain, a few side by side, a fan-out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 300})
  void each_action_is_found_until_it_ends(int most) {
    Random random = new Random(most);
    OpenActions open = new OpenActions();
    Map<Integer, Taker> waiting = new TreeMap<>();
    int next = 0;
    for (int i = 0; i < STEPS; i++) {
      if (waiting.size() < most && random.nextBoolean()) {
        next += 1 + random.nextInt(3);
        Taker taker = new Taker(random.nextBoolean() ? MessageId.derived(next) : null);
        open.add(next, taker.message(), taker);
        waiting.put(next, taker);
      } else {
        int id = anyOf(waiting, next, random);
        Taker taker = waiting.remove(id);
        assertThat(open.message(id)).isEqualTo(taker == null ? null : taker.message());
        assertThat(open.remove(id)).isSameAs(taker);
        assertThat(open.message(id)).isNull();
        assertThat(open.remove(id)).isNull();
      }
      assertThat(open.count()).isEqualTo(waiting.size());
    }
    waiting.forEach((id, taker) -> assertThat(open.remove(id)).isSameAs(taker));
    assertThat(open.count()).isZero();
  }

  /** Mostly one that waits, sometimes one that has ended, never was or is yet to come. */
  private static int anyOf(Map<Integer, Taker> waiting, int next, Random random) {
    List<Integer> ids = new ArrayList<>(waiting.keySet());
    return ids.isEmpty() || random.nextInt(4) == 0
        ? random.nextInt(next + 10) - 2
        : ids.get(random.nextInt(ids.size()));
  }

  private record Taker(@Nullable MessageId message) implements Episode.Open {
    @Override
    public void ok(@Nullable Payload result) {
      throw new AssertionError("not asked for");
    }

    @Override
    public void failed(FailureDetails failure) {
      throw new AssertionError("not asked for");
    }
  }
}
