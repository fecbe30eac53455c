package io.durable4j.internal.contract;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;

/**
 * One activity of a contract.
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
    List<Class<? extends Exception>> declared) {}
