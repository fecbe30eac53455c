package io.durable4j.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.EventBody;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.HistoryEvent;
import io.durable4j.history.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenSectionsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final InstanceId A = new InstanceId("@account@a");
  private static final InstanceId B = new InstanceId("@account@b");
  private static final InstanceId ME = new InstanceId("transfer");

  private final List<HistoryEvent> history = new ArrayList<>();

  private void add(EventBody body) {
    history.add(HistoryEvent.of(AT, null, body));
  }

  private void asks(String id) {
    Request request =
        new Request(
            id,
            null,
            false,
            null,
            new Request.Sender(ME, new ExecutionId("e")),
            null,
            Request.Stamp.NONE,
            new Request.Lock(List.of(A, B), 0));
    add(EntityEvents.sent(A, request));
  }

  private void granted(String id) {
    add(EntityEvents.raised(id, new Response(Response.LOCK_ACQUIRED, null, List.of(A, B))));
  }

  private List<OpenSections.Held> held() {
    return OpenSections.of(history).held();
  }

  @Test
  void a_section_is_open_from_its_request_until_each_entity_is_released() {
    assertThat(held()).isEmpty();
    asks("r1");
    assertThat(held())
        .containsExactly(new OpenSections.Held(A, "r1"), new OpenSections.Held(B, "r1"));
    granted("r1");
    add(EntityEvents.sent(A, new Release(ME, "r1")));
    assertThat(held()).containsExactly(new OpenSections.Held(B, "r1"));
    add(EntityEvents.sent(B, new Release(ME, "r1")));
    assertThat(held()).isEmpty();
  }

  @Test
  void a_release_ends_its_own_section_only() {
    asks("r1");
    add(EntityEvents.sent(A, new Release(ME, "r0")));
    assertThat(held()).hasSize(2);
  }

  @Test
  void operations_open_nothing() {
    Request operation = new Request("r1", "add", false, null, null, null, Request.Stamp.NONE, null);
    add(EntityEvents.sent(A, operation));
    assertThat(held()).isEmpty();
  }

  @Test
  void locks_that_are_asked_for_again_are_awaited_until_they_are_granted() {
    asks("r1");
    granted("r1");
    assertThat(OpenSections.of(history).awaitsLocksAgain()).isFalse();
    add(OpenSections.again("r1", "l2"));
    assertThat(OpenSections.of(history).awaitsLocksAgain()).isTrue();
    assertThat(held()).extracting(OpenSections.Held::lockId).containsOnly("l2");
    granted("r1");
    assertThat(OpenSections.of(history).awaitsLocksAgain())
        .as("a late answer to the former request")
        .isTrue();
    EventBody former =
        EntityEvents.raised("r1", new Response(Response.LOCK_ACQUIRED, null, List.of(A, B), "l1"));
    EventBody wanted =
        EntityEvents.raised("r1", new Response(Response.LOCK_ACQUIRED, null, List.of(A, B), "l2"));
    assertThat(OpenSections.of(history).isOfFormerLock(former)).isTrue();
    assertThat(OpenSections.of(history).isOfFormerLock(wanted)).isFalse();
    add(wanted);
    assertThat(OpenSections.of(history).awaitsLocksAgain()).isFalse();
    add(EntityEvents.sent(A, new Release(ME, "r1")));
    assertThat(held()).as("the former lock's end ends nothing").hasSize(2);
    add(EntityEvents.sent(A, new Release(ME, "l2")));
    add(EntityEvents.sent(B, new Release(ME, "l2")));
    assertThat(held()).isEmpty();
  }
}
