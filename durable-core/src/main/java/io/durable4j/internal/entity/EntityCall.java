package io.durable4j.internal.entity;

import io.durable4j.data.DurableException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation as code has written it on a stub.
 *
 * @param operation the operation
 * @param arguments its arguments, nulls among them
 */
public record EntityCall(String operation, List<@Nullable Object> arguments) {
  /**
   * The one call that code makes on a stub, for a signal.
   *
   * @param contract the entity's interface
   * @param code makes exactly one call
   * @param <T> the interface
   * @return the call
   * @throws DurableException when the interface is none, or the code makes no call or two
   */
  public static <T> EntityCall recorded(Class<T> contract, Consumer<? super T> code) {
    Recording recording = new Recording();
    code.accept(EntityStub.of(contract, recording));
    return recording.end();
  }

  private static final class Recording implements EntityStub.Calls {
    private @Nullable EntityCall call;
    private boolean ended;

    @Override
    public void called(EntityCall next) {
      if (ended) {
        throw new DurableException(
            "The stub of a signal was used after it, for '"
                + next.operation()
                + "'; it is of no use outside");
      }
      EntityCall first = call;
      if (first != null) {
        throw second(first, next);
      }
      call = next;
    }

    EntityCall end() {
      ended = true;
      EntityCall made = call;
      if (made == null) {
        throw none();
      }
      return made;
    }
  }

  static DurableException second(EntityCall first, EntityCall next) {
    return new DurableException(
        "signal takes one call of an operation, and after '"
            + first.operation()
            + "' came '"
            + next.operation()
            + "'; send one after the other");
  }

  static DurableException none() {
    return new DurableException(
        "signal got code that calls no operation; it takes exactly one call on the entity's stub");
  }
}
