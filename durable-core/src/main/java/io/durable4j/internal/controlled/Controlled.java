package io.durable4j.internal.controlled;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.drive.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs only while it holds its turn. It has no carrier before its first turn. The
 * scheduler guards all fields, unless said otherwise.
 */
final class Controlled implements Runnable {
  private static final List<String> OTHERS =
      List.of("io.durable4j.internal.", "io.durable4j.host.", "java.", "jdk.");

  final Scheduler scheduler;
  final Group group;
  final String name;
  final int ordinal;
  final List<Controlled> joiners = new ArrayList<>(2);
  private final Runnable body;

  String at = "start";
  boolean waiting;
  boolean interruptible;
  long until = Signal.FOREVER;

  /** Tells until when, where that may change; null where it does not. */
  @Nullable LongSupplier dueTime;

  /** When to wake if the clock gets there; nothing makes it go there. */
  long look = Signal.FOREVER;

  long since;
  boolean killed;
  int refusals;
  volatile boolean ended;

  /** Its turn was taken away while it blocked. */
  volatile boolean lost;

  @Nullable Supplier<Error> pending;

  /** Whether {@link Scheduler#check} has anything to throw. */
  volatile boolean due;

  /** Set by the thread itself. */
  private volatile @Nullable Thread thread;

  /** An interrupt that came while another thread had the turn. */
  private volatile boolean interruptDue;

  /** Used by whoever hands over the turn. */
  private boolean started;

  private volatile boolean go;

  /** How a thread waits for its turn that was not started here; null for the others. */
  private @Nullable RealWait realWait;

  Controlled(Scheduler scheduler, Group group, String name, int ordinal, Runnable body) {
    this.scheduler = scheduler;
    this.group = group;
    this.name = name;
    this.ordinal = ordinal;
    this.body = body;
  }

  @Override
  public void run() {
    Thread me = Thread.currentThread();
    me.setName(name);
    thread = me;
    try {
      takeInterrupt();
      scheduler.check(this);
      body.run();
    } catch (Killed e) {
      // its worker died
    } catch (Throwable e) {
      scheduler.failed(this, e);
    } finally {
      scheduler.end(this);
    }
  }

  /** Becomes the thread that calls, which runs already. */
  void adopt(Thread caller, RealWait wait) {
    thread = caller;
    started = true;
    realWait = wait;
  }

  boolean isCaller() {
    return Thread.currentThread().equals(thread);
  }

  /** Lets the thread go on, once it has been given the turn. */
  void resume(Lane lane) {
    if (started) {
      go = true;
      LockSupport.unpark(thread);
    } else {
      started = true;
      lane.start(this);
    }
  }

  /** Waits for {@link #resume}. */
  void awaitTurn() {
    if (realWait != null) {
      realWait.await(this);
    }
    while (!go) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        // a set flag would turn the park into a busy loop
        interruptDue = true;
      }
    }
    go = false;
    takeInterrupt();
  }

  /** Waits for {@link #resume} or an interrupt, at most so long; whether it came. */
  boolean awaitTurn(long nanos) {
    if (!go) {
      LockSupport.parkNanos(this, nanos);
    }
    return go;
  }

  /** Interrupts; a thread without the turn notices when it gets it, which saves a wake-up. */
  void interrupt(boolean hasTurn) {
    Thread t = thread;
    if (hasTurn && t != null) {
      t.interrupt();
    } else {
      interruptDue = true;
    }
  }

  private void takeInterrupt() {
    if (interruptDue) {
      synchronized (scheduler) {
        interruptDue = false;
      }
      Thread.currentThread().interrupt();
    }
  }

  Drive.ThreadView view() {
    return new Drive.ThreadView() {
      @Override
      public Thread.State state() {
        synchronized (scheduler) {
          if (ended) {
            return Thread.State.TERMINATED;
          }
          return waiting ? Thread.State.WAITING : Thread.State.RUNNABLE;
        }
      }

      @Override
      public List<StackTraceElement> stack() {
        Thread t = thread;
        String drive = Controlled.class.getPackageName() + ".";
        return t == null
            ? List.of()
            : Arrays.stream(t.getStackTrace())
                .filter(f -> !f.getClassName().startsWith(drive))
                .toList();
      }
    };
  }

  /** Interrupts it wherever it is; for one that is lost. */
  void interruptNow() {
    Thread t = thread;
    if (t != null) {
      t.interrupt();
    }
  }

  /** Where it is, as text. */
  String stack() {
    StringBuilder text = new StringBuilder();
    view().stack().forEach(f -> text.append("\n    at ").append(f));
    return text.toString();
  }

  /** Where it is, if that is of interest: it can run, or waits in foreign code. */
  @Nullable String busy() {
    List<StackTraceElement> stack = view().stack();
    String code =
        stack.stream()
            .filter(f -> OTHERS.stream().noneMatch(f.getClassName()::startsWith))
            .findFirst()
            .map(
                f -> ", in " + f.getClassName() + "." + f.getMethodName() + ":" + f.getLineNumber())
            .orElse("");
    if (waiting) {
      return code.isEmpty() ? null : "Thread " + name + " waits" + code;
    }
    return "Thread " + name + " can run" + code;
  }

  String describe() {
    StringBuilder text = new StringBuilder("\n").append(name);
    text.append(waiting ? " waits at " : " can run, last at ").append(at);
    if (waiting && until != Signal.FOREVER) {
      text.append(" until ").append(until);
    }
    if (killed) {
      text.append(" (killed)");
    }
    if (group.frozenUntil > scheduler.nanos()) {
      text.append(" (frozen until ").append(group.frozenUntil).append(')');
    }
    Thread t = thread;
    if (t != null) {
      for (StackTraceElement frame : t.getStackTrace()) {
        text.append("\n    at ").append(frame);
      }
    }
    return text.toString();
  }
}
