package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.internal.entity.EntityEvents;
import io.durable4j.internal.entity.Incoming;
import io.durable4j.internal.entity.Release;
import io.durable4j.internal.entity.Request;
import io.durable4j.internal.entity.Response;
import io.durable4j.orchestration.OrchestratorRuleException;
import java.util.List;

/** Reads what an orchestration said to entities, and answers for them. */
final class EntityTalk {
  private EntityTalk() {}

  static EventSent sent(EpisodeDriver d, int step) {
    EventBody action = d.allActions().get(step);
    assertThat(action).isInstanceOf(EventSent.class);
    return (EventSent) action;
  }

  private static Incoming said(EpisodeDriver d, int step) {
    EventSent sent = sent(d, step);
    return Incoming.of(new EventRaised(sent.name(), sent.input()));
  }

  static Request request(EpisodeDriver d, int step) {
    Incoming said = said(d, step);
    assertThat(said).isInstanceOf(Incoming.Asks.class);
    return ((Incoming.Asks) said).request();
  }

  static Release release(EpisodeDriver d, int step) {
    Incoming said = said(d, step);
    assertThat(said).isInstanceOf(Incoming.Releases.class);
    return ((Incoming.Releases) said).release();
  }

  static EventRaised result(EpisodeDriver d, int step, String json) {
    return answer(d, step, new Response(new Payload(json), null, List.of()));
  }

  static EventRaised failure(EpisodeDriver d, int step, FailureDetails why) {
    return answer(d, step, new Response(null, why, List.of()));
  }

  static EventRaised granted(EpisodeDriver d, int step) {
    return answer(d, step, new Response(Response.LOCK_ACQUIRED, null, List.of()));
  }

  private static EventRaised answer(EpisodeDriver d, int step, Response response) {
    return EntityEvents.raised(request(d, step).id(), response);
  }

  /** What the orchestrator failed with, which is a rule that its code breaks. */
  static String brokenRule(EpisodeDriver d) {
    assertThat(d.failure().type()).isEqualTo(OrchestratorRuleException.class.getName());
    return d.failure().message();
  }
}
