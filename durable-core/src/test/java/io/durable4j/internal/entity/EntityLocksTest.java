package io.durable4j.internal.entity;

import static io.durable4j.internal.entity.BatchStand.call;
import static io.durable4j.internal.entity.BatchStand.lock;
import static io.durable4j.internal.entity.BatchStand.order;
import static io.durable4j.internal.entity.BatchStand.release;
import static io.durable4j.internal.entity.BatchStand.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.message.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may run: locks, limits, and what waits. */
class EntityLocksTest {
  private static final String A = "@counter@a";
  private static final String B = "@counter@b";
  private final List<String> ran = new ArrayList<>();
  private final BatchStand entity =
      new BatchStand(
          EntityCode.ofOperations(
              "counter",
              TypeRef.of(Integer.class),
              o ->
                  o.on(
                      "run",
                      c -> {
                        ran.add(c.context().idempotencyKey());
                        return null;
                      })));

  private static EventRaised run(String id, String from) {
    return call(id, from, "run", null);
  }

  private List<String> waiting() {
    return entity.kept.queue().stream().map(Request::id).toList();
  }

  private void assertHolder(String holder, String id) {
    assertThat(entity.kept.lockedBy()).isEqualTo(new InstanceId(holder));
    assertThat(entity.kept.lockId()).isEqualTo(id);
  }

  @Test
  void theLastOfASetAnswersTheLock() {
    entity.told(lock("l", "x", 0, A));
    assertHolder("x", "l");
    assertThat(entity.last.out()).hasSize(1);
    Outgoing grant = entity.last.out().get(0);
    assertThat(grant.to()).isEqualTo(new Address(new InstanceId("x"), new ExecutionId("e1")));
    assertThat(grant.identity()).isEqualTo("answer:l");
    assertThat(entity.answerTo("l"))
        .isEqualTo(new Response(Response.LOCK_ACQUIRED, null, List.of(new InstanceId(A))));
    assertThat(entity.last.operations()).isZero();
    assertThat(entity.watched).isEmpty();
  }

  @Test
  void theOthersPassTheLockOn() {
    entity.told(lock("l", "x", 0, A, B));
    assertHolder("x", "l");
    Outgoing passed = entity.last.out().get(0);
    assertThat(passed.to()).isEqualTo(new Address(new InstanceId(B), null));
    assertThat(passed.identity()).isEqualTo("lock:l:1");
    Request forwarded = entity.sent(0);
    assertThat(forwarded.id()).isEqualTo("l");
    assertThat(forwarded.sender()).isEqualTo(order("x"));
    assertThat(forwarded.stamp()).isEqualTo(Request.Stamp.NONE);
    assertThat(forwarded.lock())
        .isEqualTo(new Request.Lock(List.of(new InstanceId(A), new InstanceId(B)), 1));
    assertThat(((EventRaised) passed.body()).name()).isEqualTo("op");
  }

  @Test
  void whileItIsLockedOnlyItsHolderRuns() {
    entity.told(
        run("1", "y"),
        lock("l", "x", 0, A),
        run("2", "y"),
        signal("3", "run", null),
        run("4", "z"));
    assertThat(ran).containsExactly("1");
    assertThat(waiting()).containsExactly("2", "3", "4");
    assertThat(entity.last.goOn()).isFalse();
    entity.told(run("5", "y"), run("6", "x"), run("7", "x"));
    assertThat(ran).containsExactly("1", "6", "7");
    assertThat(waiting()).containsExactly("2", "3", "4", "5");
    assertThat(entity.last.goOn()).isFalse();
    entity.told(release("l", "x"));
    assertThat(ran).containsExactly("1", "6", "7", "2", "3", "4", "5");
    assertThat(entity.kept.lockedBy()).isNull();
    assertThat(entity.kept.lockId()).isNull();
    assertThat(waiting()).isEmpty();
  }

  /** Else it would take the place of the lock that is held, and end with its own. */
  @Test
  void aLockThatAFormerExecutionOfTheHolderAskedForWaits() {
    entity.told(lock("l", "x", 0, A));
    entity.told(lock("former", "x", 0, A), run("1", "x"));
    assertHolder("x", "l");
    assertThat(ran).containsExactly("1");
    assertThat(waiting()).containsExactly("former");
    entity.told(run("2", "y"), run("3", "x"));
    assertThat(ran).containsExactly("1", "3");
    assertThat(waiting()).containsExactly("former", "2");
    entity.told(release("l", "x"));
    assertHolder("x", "former");
    assertThat(waiting()).containsExactly("2");
    entity.told(release("former", "x"));
    assertThat(ran).containsExactly("1", "3", "2");
  }

  /**
   * Told of a lock by a batch that was not committed, it sends before the lock is granted again.
   */
  @Test
  void whatTheHolderSentBeforeItsGrantRunsUnderTheLock() {
    entity.told(
        lock("l", "x", 0, A),
        lock("m", "y", 0, A),
        run("1", "x"),
        run("2", "z"),
        lock("n", "x", 0, A),
        run("3", "x"));
    assertHolder("x", "l");
    assertThat(ran).containsExactly("1", "3");
    assertThat(waiting()).containsExactly("m", "2", "n");
  }

  @Test
  void whereCommitsAreNotAtomicALockIsKeptBeforeItIsGranted() {
    entity.earlier = new EntityBatch.Earlier(Set.of(), Set.of(), true);
    entity.told(run("1", "y"), lock("l", "x", 0, A, B), lock("m", "z", 0, A), run("2", "y"));
    assertHolder("x", "l");
    assertThat(entity.identities()).containsExactly("answer:1");
    assertThat(waiting()).containsExactly("l", "m", "2");
    assertThat(entity.last.goOn()).isTrue();
    entity.told(EntityEvents.nudge());
    assertHolder("x", "l");
    assertThat(entity.identities()).containsExactly("lock:l:1");
    assertThat(waiting()).containsExactly("m", "2");
    assertThat(entity.last.goOn()).isFalse();
  }

  @Test
  void aLockThatIsKeptAndGivenBackIsNotGranted() {
    entity.earlier = new EntityBatch.Earlier(Set.of(), Set.of(), true);
    entity.told(lock("l", "x", 0, A), run("1", "y"));
    entity.told(release("l", "x"));
    assertThat(entity.identities()).containsExactly("answer:1");
    assertThat(entity.kept.lockedBy()).isNull();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whatTheHolderSentBeforeItsReleaseRunsFirst() {
    entity.told(lock("l", "x", 0, A), run("1", "y"));
    entity.told(run("2", "x"), run("3", "z"), release("l", "x"), run("4", "x"));
    assertThat(ran).containsExactly("2", "1", "3", "4");
  }

  @Test
  void theHoldersRequestsStayInOrderOverBatches() {
    entity.maxOperations = 1;
    entity.told(lock("l", "x", 0, A), run("1", "y"));
    entity.told(run("2", "x"), run("3", "x"), run("4", "x"));
    assertThat(waiting()).containsExactly("3", "4", "1");
    assertThat(entity.last.goOn()).isTrue();
    entity.told(run("5", "x"));
    assertThat(waiting()).containsExactly("4", "5", "1");
    entity.told(EntityEvents.nudge()).told(EntityEvents.nudge());
    assertThat(ran).containsExactly("2", "3", "4", "5");
    assertThat(entity.last.goOn()).isFalse();
  }

  @Test
  void twoLocksAreGivenOneAfterTheOther() {
    entity.told(lock("l", "x", 0, A), lock("m", "y", 0, A));
    assertHolder("x", "l");
    assertThat(entity.identities()).containsExactly("answer:l");
    entity.told(release("l", "x"));
    assertHolder("y", "m");
    assertThat(entity.identities()).containsExactly("answer:m");
  }

  @Test
  void aReleaseOfAnotherSectionOrHolderIsIgnored() {
    entity.told(lock("l", "x", 0, A));
    entity.told(release("l", "y"), release("other", "x"));
    assertHolder("x", "l");
    entity.told(release(Release.ORPHANED, "y"));
    assertHolder("x", "l");
    entity.told(release(Release.ORPHANED, "x"));
    assertThat(entity.kept.lockedBy()).isNull();
  }

  @Test
  void aLockThatAnotherEngineGaveIsReleasedByItsHolder() {
    entity.kept =
        new Scheduler(new Payload("1"), List.of(), new InstanceId("x"), null, Sorting.NONE);
    entity.told(release("whatever", "y"));
    assertThat(entity.kept.lockedBy()).isNotNull();
    entity.told(release("whatever", "x"));
    assertThat(entity.kept.lockedBy()).isNull();
  }

  @Test
  void aReleaseTakesTheLockRequestThatStillWaits() {
    entity.told(lock("l", "x", 0, A), lock("m", "y", 0, A), lock("n", "y", 0, A), run("1", "z"));
    entity.told(release("m", "y"), release("n", "x"));
    assertHolder("x", "l");
    assertThat(waiting()).containsExactly("n", "1");
    entity.told(lock("k", "z", 0, A), release("k", "z"), release("l", "x"));
    assertHolder("y", "n");
    assertThat(entity.identities()).containsExactly("answer:n");
  }

  @Test
  void theNextSectionOfTheHolderIsNotEndedByTheReleaseOfTheOneBefore() {
    entity.told(lock("l", "x", 0, A));
    entity.told(lock("m", "x", 0, A), release("l", "x"));
    assertHolder("x", "m");
    entity.told(lock("n", "x", 0, A));
    entity.told(release("m", "x"));
    assertHolder("x", "n");
  }

  @Test
  void aBatchEndsAtItsLimitAndGoesOn() {
    entity.maxOperations = 3;
    entity.told(run("1", "a"), run("2", "a"), run("3", "a"), run("4", "a"), run("5", "a"));
    assertThat(ran).containsExactly("1", "2", "3");
    assertThat(entity.last.goOn()).isTrue();
    assertThat(waiting()).containsExactly("4", "5");
    entity.told(EntityEvents.nudge(), run("6", "b"));
    assertThat(ran).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(entity.last.goOn()).isFalse();
  }

  @Test
  void locksCountForTheLimit() {
    entity.maxOperations = 2;
    entity.told(run("1", "a"), lock("l", "x", 0, A), run("2", "x"));
    assertThat(ran).containsExactly("1");
    assertThat(waiting()).containsExactly("2");
    assertThat(entity.last.goOn()).isTrue();
  }

  @Test
  void aBatchEndsWhenItHasTakenItsTimeButNotBeforeItsFirstOperation() {
    entity.enough = () -> true;
    entity.told(run("1", "a"), run("2", "a"));
    assertThat(ran).containsExactly("1");
    assertThat(entity.last.goOn()).isTrue();
    entity.enough = () -> ran.size() >= 3;
    entity.told(run("3", "a"), run("4", "a"));
    assertThat(ran).containsExactly("1", "2", "3");
  }

  @Test
  void aLockOnAnEntityThatNobodyServesIsGivenAllTheSame() {
    BatchStand none = new BatchStand(null);
    none.told(lock("l", "x", 0, A));
    assertThat(none.identities()).containsExactly("answer:l");
  }

  @Test
  void theDecodedStateOutlivesABatchOfLocks() {
    entity.keeps("1").warm = true;
    entity.value = 1;
    entity.told(lock("l", "x", 0, A));
    assertThat(entity.last.kept()).isEqualTo(1);
  }
}
