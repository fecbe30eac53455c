package io.durable4j.internal.contract;

import io.durable4j.activity.Name;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

/**
 * One method of a contract: an activity, or an operation of an entity.
 *
 * @param method the interface's method
 * @param name its name in history
 * @param aliases its former names
 * @param result its resolved result type
 * @param parameters its resolved parameter types
 * @param declared the checked exceptions that it declares
 */
public record ContractMethod(
    Method method,
    String name,
    List<String> aliases,
    Type result,
    List<Type> parameters,
    List<Class<? extends Exception>> declared) {
  /**
   * What it is called as an operation of an entity, which needs no name of the contract before it.
   *
   * @return the value of its {@link Name}, or else the method's name
   */
  public String operation() {
    Name pinned = method.getAnnotation(Name.class);
    return pinned == null ? method.getName() : pinned.value();
  }
}
