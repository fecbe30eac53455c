package io.durable4j.replaytest;

import static io.durable4j.replaytest.EntityTalk.granted;

import io.durable4j.history.EventBody;
import io.durable4j.history.EventBody.EventSent;
import io.durable4j.orchestration.EntityId;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import java.util.ArrayList;
import java.util.List;

/** Accounts, and critical sections on two of them. */
final class LockedAccounts {
  static final EntityId<Account> A = EntityId.of(Account.class, "a");
  static final EntityId<Account> B = EntityId.of(Account.class, "b");
  static final EntityId<Account> C = EntityId.of(Account.class, "c");
  static final EventRef<String> GO = EventRef.of("go", String.class);

  private LockedAccounts() {}

  interface Account {
    int add(int amount);
  }

  static EpisodeDriver run(EpisodeDriver.Flow flow) {
    return EpisodeDriver.of(flow).begin();
  }

  /** Begins, and has the lock granted that is the first action. */
  static EpisodeDriver locked(EpisodeDriver.Flow body) {
    EpisodeDriver d = run(ctx -> ctx.lock(A, B).call(() -> body.run(ctx)));
    return d.episode(granted(d, 0));
  }

  static int add(OrchestrationContext ctx, EntityId<Account> id, int amount) {
    return ctx.entity(id).add(amount);
  }

  /** Who was told that a lock has ended. */
  static List<String> releases(EpisodeDriver d) {
    List<String> targets = new ArrayList<>();
    for (EventBody action : d.allActions()) {
      if (action instanceof EventSent s && s.name().equals("release")) {
        targets.add(s.instance().value());
      }
    }
    return targets;
  }
}
