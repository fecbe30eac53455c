package io.durable4j.internal.entity;

import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.EntityContext;
import io.durable4j.entity.EntityOperations;
import io.durable4j.orchestration.EntityId;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The code of one kind of entity, as it was registered. */
public interface EntityCode {
  /**
   * Code behind an interface.
   *
   * @param contract the interface
   * @param fresh makes the object that serves a batch: a subclass of {@link
   *     io.durable4j.entity.Entity} that implements the interface
   * @param <T> the interface
   * @return the code
   * @throws DurableException when the interface or what the supplier makes will not do
   */
  static <T> EntityCode ofContract(Class<T> contract, Supplier<? extends T> fresh) {
    return ContractCode.of(contract, fresh);
  }

  /**
   * Code as lambdas.
   *
   * @param name the kind of entity
   * @param state the state
   * @param define names the operations
   * @param <S> the state
   * @return the code
   * @throws DurableException when the name is refused, or there are no operations
   */
  static <S> EntityCode ofOperations(
      String name, TypeRef<S> state, Consumer<EntityOperations<S>> define) {
    return LambdaCode.of(EntityId.named(name, "key").name(), state, define);
  }

  /**
   * The kind of entity.
   *
   * @return its name, in small letters
   */
  String name();

  /**
   * The state.
   *
   * @return its type
   */
  Type state();

  /**
   * The operations, but for a {@code delete} that nobody has defined.
   *
   * @return their names, in order
   */
  List<String> operations();

  /**
   * Whether there is an operation.
   *
   * @param operation its name, in any case
   * @return false for a {@code delete} that nobody has defined
   */
  boolean has(String operation);

  /**
   * The code for one batch.
   *
   * @return one that has served nobody
   */
  Server serve();

  /** Runs the operations of one batch, one after the other. */
  interface Server {
    /**
     * Runs an operation that there is.
     *
     * @param call the operation
     * @return what came of it
     * @throws Throwable whatever the user's code throws
     */
    Done run(Call call) throws Throwable;

    /**
     * The failure that a thrown exception is.
     *
     * @param operation the operation that threw
     * @param thrown the exception
     * @param nonRetriable whether to try again is of no use
     * @return the failure
     */
    FailureDetails failure(String operation, Throwable thrown, boolean nonRetriable);
  }

  /**
   * An operation to run.
   *
   * @param operation its name as the caller wrote it
   * @param state the state; null when there is none
   * @param input the input, or null
   * @param converter turns payloads into values
   * @param context what it can know and do
   */
  record Call(
      String operation,
      @Nullable Object state,
      @Nullable Payload input,
      DataConverter converter,
      EntityContext context) {}

  /**
   * What came of an operation.
   *
   * @param result the result, or null
   * @param state the state; null when there is none any more
   */
  record Done(@Nullable Object result, @Nullable Object state) {}
}
