package io.durable4j.internal.entity;

import io.durable4j.data.DataConverter;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An entity that is told something, batch by batch; what it keeps goes through its text. */
final class BatchStand {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final InstanceId ME = new InstanceId("@counter@a");
  static final JacksonDataConverter JSON = JacksonDataConverter.create();

  final List<String> watched = new ArrayList<>();
  int maxOperations = 100;
  int maxPayload = 100_000;
  Duration window = Duration.ofMinutes(30);
  DataConverter converter = JSON;
  BooleanSupplier enough = () -> false;
  boolean tooLong;
  boolean warm;
  Instant clock = NOW;
  InstanceId id = ME;
  Scheduler kept = Scheduler.NEW;
  EntityBatch.Earlier earlier = EntityBatch.Earlier.NONE;
  @Nullable Object value;
  EntityBatch.Effects last;
  private final @Nullable EntityCode code;

  BatchStand(@Nullable EntityCode code) {
    this.code = code;
  }

  BatchStand keeps(String state) {
    kept = new Scheduler(new Payload(state), List.of(), null, null, Sorting.NONE);
    return this;
  }

  /** Runs a batch. */
  BatchStand told(EventRaised... arrivals) {
    EntityBatch.Watch watch =
        new EntityBatch.Watch() {
          @Override
          public void begins(String operation) {
            watched.add(operation);
          }

          @Override
          public boolean ended() {
            watched.add("ended");
            return tooLong;
          }
        };
    EntityBatch.Rules rules =
        new EntityBatch.Rules(maxOperations, enough, window, maxPayload, converter, watch, "1.2");
    last =
        EntityBatch.run(
            new EntityBatch.Input(
                id,
                kept,
                warm ? value : null,
                Arrays.asList(arrivals),
                earlier,
                clock,
                rules,
                code));
    kept = EntityJson.scheduler(EntityJson.encode(last.after()));
    value = last.kept();
    return this;
  }

  static Request.Sender order(String id) {
    return new Request.Sender(new InstanceId(id), new ExecutionId("e1"));
  }

  /** A client's signal. */
  static EventRaised signal(String operation, @Nullable String input) {
    return signal("s", operation, input);
  }

  static EventRaised signal(String id, String operation, @Nullable String input) {
    Payload payload = input == null ? null : new Payload(input);
    return EntityEvents.raised(
        new Request(id, operation, true, payload, null, null, Request.Stamp.NONE, null));
  }

  /** A call of an orchestration. */
  static EventRaised call(String id, String from, String operation, @Nullable String input) {
    Payload payload = input == null ? null : new Payload(input);
    return EntityEvents.raised(
        new Request(id, operation, false, payload, order(from), null, Request.Stamp.NONE, null));
  }

  static EventRaised lock(String id, String from, int position, String... entities) {
    List<InstanceId> set = Arrays.stream(entities).map(InstanceId::new).toList();
    return EntityEvents.raised(
        new Request(
            id,
            null,
            false,
            null,
            order(from),
            null,
            Request.Stamp.NONE,
            new Request.Lock(set, position)));
  }

  static EventRaised release(String id, String from) {
    return EntityEvents.raised(new Release(new InstanceId(from), id));
  }

  @Nullable String state() {
    Payload state = kept.state();
    return state == null ? null : state.text();
  }

  /** What was answered to a request. */
  Response answerTo(String request) {
    return last.out().stream()
        .filter(o -> o.body() instanceof EventRaised e && e.name().equals(request))
        .map(o -> EntityJson.response(((EventRaised) o.body()).input()))
        .findFirst()
        .orElseThrow();
  }

  String resultOf(String request) {
    Payload result = answerTo(request).result();
    return String.valueOf(result == null ? null : result.text());
  }

  List<String> identities() {
    return last.out().stream().map(Outgoing::identity).toList();
  }

  Request sent(int index) {
    EventRaised event = (EventRaised) last.out().get(index).body();
    return ((Incoming.Asks) Incoming.of(event)).request();
  }
}
