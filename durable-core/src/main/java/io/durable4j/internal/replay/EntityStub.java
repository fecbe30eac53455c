package io.durable4j.internal.replay;

import io.durable4j.history.InstanceId;
import io.durable4j.internal.contract.ContractMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entity behind a stub. */
record EntityStub(Entities entities, InstanceId entity) implements Stubs.Callee {
  @Override
  public TaskCell<?> call(ContractMethod method, @Nullable Object @Nullable [] arguments) {
    return entities.<@Nullable Object>call(EntityTarget.of(entity, method), values(arguments));
  }

  @Override
  public Stubs.Signal signal(ContractMethod method, @Nullable Object @Nullable [] arguments) {
    EntityTarget target = EntityTarget.of(entity, method);
    List<@Nullable Object> values = new ArrayList<>(values(arguments));
    return at -> entities.signal(target, values, at);
  }

  private static List<@Nullable Object> values(@Nullable Object @Nullable [] arguments) {
    return arguments == null ? List.of() : Arrays.asList(arguments);
  }
}
