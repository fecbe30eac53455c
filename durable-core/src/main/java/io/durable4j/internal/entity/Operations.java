package io.durable4j.internal.entity;

import io.durable4j.activity.NonRetriableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.PayloadException;
import io.durable4j.entity.EntityContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the operations of one batch: finds the user's code, and puts it under the watch. */
final class Operations {
  /** The type of the failure where nobody has registered the entity. */
  static final String NOT_FOUND = "EntityTaskNotFound";

  /** The type of the failure where the entity has no such operation. */
  static final String UNKNOWN_OPERATION = "UnknownOperation";

  /** The type of the failure of an operation that took too long. */
  static final String TIMED_OUT = "OperationTimedOut";

  private static final String DELETE = "delete";

  private final EntityBatch.Input in;
  private final StateCell state;
  private final @Nullable EntityCode code;
  private final EntityCode.@Nullable Server server;

  Operations(EntityBatch.Input in, StateCell state) {
    this.in = in;
    this.state = state;
    this.code = in.code();
    this.server = code == null ? null : code.serve();
  }

  /** Runs the user's code under the watch. */
  EntityCode.Done run(Request r, String name, OperationContext context) throws Throwable {
    EntityBatch.Watch watch = in.rules().watch();
    boolean late;
    Came came = new Came();
    watch.begins(name);
    try {
      EntityContext.runWith(context, () -> came.take(() -> dispatch(r, name, context)));
    } finally {
      context.end();
      late = watch.ended();
    }
    if (late) {
      throw new FailedException(
          FailureDetails.of(
              TIMED_OUT, "Operation '" + name + "' of " + in.id() + " took too long", false));
    }
    return came.get();
  }

  private EntityCode.Done dispatch(Request r, String name, OperationContext context)
      throws Throwable {
    EntityCode known = code;
    EntityCode.Server serving = server;
    if (known == null || serving == null) {
      throw new FailedException(notFound());
    }
    if (!known.has(name)) {
      if (name.equalsIgnoreCase(DELETE)) {
        return new EntityCode.Done(null, null);
      }
      throw new FailedException(unknown(known, name));
    }
    Object value = state.value(known.state());
    return serving.run(
        new EntityCode.Call(name, value, r.input(), in.rules().converter(), context));
  }

  /**
   * The failure that an operation has come to.
   *
   * @param name the operation
   * @param thrown what it threw, or the engine
   * @return the failure
   */
  FailureDetails failure(String name, Throwable thrown) {
    if (thrown instanceof FailedException e) {
      return e.why;
    }
    boolean nonRetriable =
        thrown instanceof NonRetriableException || thrown instanceof PayloadException;
    Throwable labelled =
        thrown instanceof PayloadException e && !isLabelled(e)
            ? new PayloadException(
                "Entity " + in.id() + ", operation '" + name + "': " + e.getMessage(), e.getCause())
            : thrown;
    try {
      return server == null
          ? FailureDetails.of(thrown.getClass().getName(), "", nonRetriable)
          : server.failure(name, labelled, nonRetriable);
    } catch (RuntimeException e) {
      // the exception's own properties or message cannot be had
      return FailureDetails.of(thrown.getClass().getName(), e.toString(), nonRetriable);
    }
  }

  private static boolean isLabelled(PayloadException e) {
    return String.valueOf(e.getMessage()).startsWith("Entity ");
  }

  private FailureDetails notFound() {
    int second = in.id().value().indexOf('@', 1);
    String name = second < 0 ? in.id().value() : in.id().value().substring(1, second);
    return FailureDetails.of(
        NOT_FOUND,
        "No entity '" + name + "' is registered at this worker, which serves " + in.id(),
        true);
  }

  private FailureDetails unknown(EntityCode known, String name) {
    return FailureDetails.of(
        UNKNOWN_OPERATION,
        "Entity "
            + in.id()
            + " has no operation '"
            + name
            + "'; it has "
            + String.join(", ", known.operations())
            + (known.has(DELETE) ? "" : " and delete"),
        true);
  }

  /** The engine's own failure of an operation. */
  private static final class FailedException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient FailureDetails why;

    FailedException(FailureDetails why) {
      super(why.toString(), null, false, false);
      this.why = why;
    }
  }

  /** What came of code that may throw anything. */
  private static final class Came {
    private EntityCode.@Nullable Done done;
    private @Nullable Throwable thrown;

    private interface Body {
      EntityCode.Done run() throws Throwable;
    }

    void take(Body body) {
      try {
        done = body.run();
      } catch (Throwable e) {
        thrown = e;
      }
    }

    EntityCode.Done get() throws Throwable {
      if (thrown != null) {
        throw thrown;
      }
      return Objects.requireNonNull(done);
    }
  }
}
