package io.durable4j.inmemory;

import static io.durable4j.history.OrchestrationStatus.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.spi.HistoryChange.Restart;
import io.durable4j.spi.InstanceQueries.InstanceFilter;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads for clients, page by page. */
final class QueriesTest {
  private final TestHub hub = TestHub.of(InMemoryBackend.create(new TestClock()));

  private List<String> find(InstanceFilter filter, int max) {
    List<String> all = new ArrayList<>();
    Token token = null;
    do {
      Page<InstanceState> page = hub.queries().find(filter, token, max);
      assertThat(page.items().size()).isLessThanOrEqualTo(max);
      page.items().forEach(s -> all.add(s.id().value()));
      token = page.next();
    } while (token != null);
    return all;
  }

  private static InstanceFilter prefix(@Nullable String prefix) {
    return new InstanceFilter(Set.of(), prefix, null, null, null, null);
  }

  @Test
  void instancesAreFoundByIdPageByPage() {
    List<String> ids = IntStream.range(0, 700).mapToObj(i -> String.format("i%03d", i)).toList();
    for (int i = 699; i >= 0; i--) {
      hub.create(ids.get(i), "e1");
    }
    hub.create("other", "e1");
    for (int max : new int[] {1, 100, 699, 700, 5000}) {
      assertThat(find(prefix("i"), max)).isEqualTo(ids);
    }
    assertThat(hub.queries().find(prefix("i"), null, 700).next()).isNull();
    assertThat(find(InstanceFilter.ALL, 300)).hasSize(701);
    assertThat(find(prefix("i69"), 3)).isEqualTo(ids.subList(690, 700));
    assertThat(find(prefix("none"), 3)).isEmpty();
    assertThat(find(prefix("\n"), 3)).isEmpty();
  }

  @Test
  void instancesAreFoundByStatus() {
    hub.create("a", "e1");
    hub.create("b", "e1");
    hub.commit("b", COMPLETED, List.of(), List.of(), List.of());
    assertThat(find(new InstanceFilter(Set.of(COMPLETED), null, null, null, null, null), 1))
        .containsExactly("b");
  }

  @Test
  void pagesWithoutEntitiesAreFull() {
    for (int i = 0; i < 300; i++) {
      hub.create("@e@" + i, "e1");
    }
    List.of("!first", "a", "b", "c").forEach(id -> hub.create(id, "e1"));
    InstanceFilter none = InstanceFilter.ALL.withoutEntities();
    Page<InstanceState> page = hub.queries().find(none, null, 3);
    assertThat(page.items()).extracting(s -> s.id().value()).containsExactly("!first", "a", "b");
    assertThat(find(none, 1)).containsExactly("!first", "a", "b", "c");
    assertThat(find(InstanceFilter.entities("@", null, null), 7)).hasSize(300);
  }

  @Test
  void aHistoryIsReadPageByPageAndBelongsToOneExecution() {
    hub.create("a", "e1");
    List<HistoryEvent> events =
        IntStream.range(0, 2500).mapToObj(i -> Samples.recorded("n" + i)).toList();
    hub.commit("a", COMPLETED, events, List.of(), List.of());
    InstanceId id = new InstanceId("a");
    List<HistoryEvent> read = new ArrayList<>();
    Token token = null;
    Token second = null;
    do {
      Page<HistoryEvent> page = hub.queries().history(id, null, token);
      read.addAll(page.items());
      token = page.next();
      second = second == null ? token : second;
    } while (token != null);
    assertThat(read).isEqualTo(events);
    assertThat(hub.queries().history(id, new ExecutionId("e1"), null).items()).hasSize(1000);
    assertThat(hub.queries().history(id, new ExecutionId("e0"), null).items()).isEmpty();
    assertThat(hub.queries().history(new InstanceId("b"), null, null).items()).isEmpty();
    hub.instances()
        .commit(
            hub.turn(
                Samples.state("a", "e2", COMPLETED),
                hub.version("a"),
                new Restart(events),
                List.of(),
                List.of()));
    assertThat(hub.queries().history(id, null, second).items()).as("of the next").isEmpty();
  }
}
