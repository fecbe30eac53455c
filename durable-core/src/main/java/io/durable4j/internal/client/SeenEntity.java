package io.durable4j.internal.client;

import io.durable4j.client.EntityInfo;
import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.internal.entity.EntityJson;
import io.durable4j.internal.entity.Scheduler;
import io.durable4j.internal.entity.Sorting;
import io.durable4j.orchestration.EntityId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entity as it was read. */
final class SeenEntity implements EntityInfo {
  private final EntityId<Object> id;
  private final Instant modifiedAt;
  private final Scheduler kept;
  private final DataConverter converter;

  SeenEntity(InstanceState state, DataConverter converter) {
    this.id = EntityId.parse(state.id().value());
    this.modifiedAt = state.progress().updatedAt();
    this.kept = kept(state);
    this.converter = converter;
  }

  /** What an entity keeps. */
  static Scheduler kept(InstanceState state) {
    try {
      return EntityJson.scheduler(state.start().input());
    } catch (DurableException e) {
      throw new DurableException("Entity " + state.id() + ": " + e.getMessage(), e);
    }
  }

  /** How many requests wait: in the queue, or for those that were sent before them. */
  static int queued(Scheduler kept) {
    int queued = kept.queue().size();
    for (Sorting.Received r : kept.sorting().received().values()) {
      queued += r.buffered().size();
    }
    return queued;
  }

  /** The same without the state, so that this need not stay in memory. */
  EntityInfo withoutState() {
    return new Stateless(id, exists(), modifiedAt, queued(), lockedBy());
  }

  @Override
  public EntityId<Object> id() {
    return id;
  }

  @Override
  public boolean exists() {
    return kept.state() != null;
  }

  @Override
  public Instant modifiedAt() {
    return modifiedAt;
  }

  @Override
  public int queued() {
    return queued(kept);
  }

  @Override
  public @Nullable String lockedBy() {
    InstanceId holder = kept.lockedBy();
    return holder == null ? null : holder.value();
  }

  @Override
  @SuppressWarnings("unchecked") // the converter gives what the type says
  public <S> Optional<S> state(TypeRef<S> type) {
    Payload state = kept.state();
    try {
      return Optional.ofNullable((S) converter.fromPayload(state, type.type()));
    } catch (PayloadException e) {
      throw new PayloadException("Entity " + id + ", state: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "entity " + id;
  }

  private record Stateless(
      EntityId<Object> id,
      boolean exists,
      Instant modifiedAt,
      int queued,
      @Nullable String lockedBy)
      implements EntityInfo {
    @Override
    public <S> Optional<S> state(TypeRef<S> type) {
      throw new IllegalStateException(
          "Entity " + id + " was read without its state; leave withoutState() out of the query");
    }
  }
}
