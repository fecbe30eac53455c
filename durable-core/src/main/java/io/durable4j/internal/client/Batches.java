package io.durable4j.internal.client;

import io.durable4j.client.Batch;
import io.durable4j.client.BatchResult;
import io.durable4j.client.InstanceNotFoundException;
import io.durable4j.client.InstancePage;
import io.durable4j.client.InstanceQuery;
import io.durable4j.client.InstanceRunningException;
import io.durable4j.history.InstanceState;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.internal.drive.Signal;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Works through what a query finds, page by page and within a time. */
final class Batches {
  private final ClientParts parts;
  private final Finder finder;

  Batches(ClientParts parts) {
    this.parts = parts;
    this.finder = new Finder(parts);
  }

  BatchResult purge(InstanceQuery which, Batch how) {
    Set<OrchestrationStatus> ended = EnumSet.noneOf(OrchestrationStatus.class);
    for (OrchestrationStatus s : OrchestrationStatus.values()) {
      if (s.isTerminal()) {
        ended.add(s);
      }
    }
    Set<OrchestrationStatus> asked = which.statuses();
    if (!ended.containsAll(asked)) {
      throw new IllegalArgumentException(
          "A purge is for instances that have ended, not for " + new java.util.TreeSet<>(asked));
    }
    InstanceQuery q =
        asked.isEmpty() ? which.status(ended.toArray(OrchestrationStatus[]::new)) : which;
    Purge purge = new Purge(parts);
    return run(
        q,
        how,
        s -> {
          try {
            return how.recursive() ? purge.purge(s.id(), true) : purge.remove(s);
          } catch (InstanceRunningException e) {
            return false;
          }
        });
  }

  BatchResult terminate(InstanceQuery which, String why, Batch how) {
    return run(
        which,
        how,
        s -> {
          boolean meant = how.recursive() || !s.status().isTerminal();
          return meant && asked(() -> Control.terminate(parts, s, why, how.recursive()));
        });
  }

  BatchResult suspend(InstanceQuery which, String why, Batch how) {
    if (how.recursive()) {
      throw new IllegalArgumentException("A pause concerns one instance, not its descendants");
    }
    return run(
        which,
        how,
        s -> {
          boolean live = !s.status().isTerminal() && s.status() != OrchestrationStatus.SUSPENDED;
          return live && asked(() -> Control.suspend(parts, s, why));
        });
  }

  private static boolean asked(Runnable call) {
    try {
      call.run();
      return true;
    } catch (InstanceNotFoundException e) {
      return false;
    }
  }

  /** Begins a page anew when its time is over in the middle: to ask twice does no harm. */
  private BatchResult run(InstanceQuery q, Batch how, Predicate<InstanceState> each) {
    long until =
        how.budget() == null ? Signal.FOREVER : parts.drive().nanos() + how.budget().toNanos();
    long done = 0;
    @Nullable String token = how.from();
    while (true) {
      InstancePage page = finder.page(q, token);
      int worked = 0;
      for (InstanceState s : page.instances()) {
        if (worked > 0 && isOver(until)) {
          return told(how, new BatchResult(done, false, token));
        }
        worked++;
        done += each.test(s) ? 1 : 0;
      }
      String next = page.next();
      if (next == null) {
        return told(how, new BatchResult(done, true, null));
      }
      token = next;
      BatchResult soFar = told(how, new BatchResult(done, false, token));
      if (isOver(until)) {
        return soFar;
      }
    }
  }

  private static BatchResult told(Batch how, BatchResult result) {
    how.progress().accept(result);
    return result;
  }

  private boolean isOver(long until) {
    return until != Signal.FOREVER && parts.drive().nanos() - until >= 0;
  }
}
