package io.durable4j.internal.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.durable4j.history.InstanceId;
import io.durable4j.spi.Fence;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a worker that no turn has in hand. It is bounded by bytes, and a session goes
 * when it was idle for long; which one has to go is decided by how often and how recently instances
 * had turns, so that many that have one turn each do not drive out a busy one. One whose mailbox
 * waits for its turn stays. Thread-safe; nothing here blocks.
 */
public final class SessionCache {
  private final SessionLevel level;
  private final Cache<InstanceId, Session> idle;
  private final Map<InstanceId, Session> waiting = new ConcurrentHashMap<>();

  /**
   * An empty cache.
   *
   * @param level what is kept
   * @param maxBytes how much, about
   * @param maxIdle for how long without a turn
   * @param nanos the monotonic time
   */
  public SessionCache(SessionLevel level, long maxBytes, Duration maxIdle, LongSupplier nanos) {
    this.level = level;
    this.idle =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((InstanceId id, Session s) -> (int) Math.min(Integer.MAX_VALUE, s.bytes()))
            .expireAfterWrite(maxIdle)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .evictionListener(
                (@Nullable InstanceId id, @Nullable Session s, RemovalCause why) ->
                    Objects.requireNonNull(s).end())
            .build();
  }

  /**
   * What is kept.
   *
   * @return the level
   */
  public SessionLevel level() {
    return level;
  }

  /**
   * Takes a session out, for a turn.
   *
   * @param instance whose
   * @param fence the ownership of the turn; a session of another is of no use
   * @return the session; null when there is none
   */
  public @Nullable Session take(InstanceId instance, Fence fence) {
    if (level == SessionLevel.OFF) {
      return null;
    }
    Session held = waiting.remove(instance);
    Session session = held == null ? idle.asMap().remove(instance) : held;
    if (session == null) {
      return null;
    }
    if (!session.fence().equals(fence)) {
      session.end();
      return null;
    }
    session.taken();
    return session;
  }

  /**
   * Ends a turn's use of a session: it is kept when its commits took effect and the instance goes
   * on.
   *
   * @param session the session
   */
  public void put(Session session) {
    if (level != SessionLevel.OFF && session.isSure() && session.canGoOn()) {
      session.kept();
      Session former = idle.asMap().put(session.state().id(), session);
      if (former != null) {
        former.end(); // of an ownership that ended while its last turn went on
      }
    }
  }

  /**
   * Keeps the session of an instance until its next turn, which waits for a permit.
   *
   * @param instance whose
   */
  public void awaitTurn(InstanceId instance) {
    Session session = level == SessionLevel.OFF ? null : idle.asMap().remove(instance);
    if (session != null) {
      waiting.put(instance, session);
    }
  }

  /**
   * Lets go of the sessions of an ownership that has ended.
   *
   * @param fence the ownership
   */
  public void leave(Fence fence) {
    endAll(s -> s.fence().equals(fence));
  }

  /** Lets go of all sessions. */
  public void close() {
    endAll(s -> true);
  }

  private void endAll(Predicate<Session> which) {
    // by id, so that a simulation meets them in the same order each time
    NavigableMap<InstanceId, Map<InstanceId, Session>> all = new TreeMap<>();
    idle.asMap().forEach((id, s) -> all.put(id, idle.asMap()));
    waiting.forEach((id, s) -> all.put(id, waiting));
    all.forEach(
        (id, in) -> {
          Session session = in.get(id);
          if (session != null && which.test(session) && in.remove(id, session)) {
            session.end();
          }
        });
  }

  /** Lets go of what has been idle for too long. */
  public void tidy() {
    idle.cleanUp();
  }

  /**
   * How many sessions there are.
   *
   * @return the number; about, while others change it
   */
  public long count() {
    return idle.estimatedSize() + waiting.size();
  }

  /**
   * How much the idle sessions take.
   *
   * @return bytes, about
   */
  public long bytes() {
    return idle.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
