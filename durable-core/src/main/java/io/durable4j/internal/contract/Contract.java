package io.durable4j.internal.contract;

import io.durable4j.activity.Name;
import io.durable4j.data.DurableException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An interface of activities or of an entity, read once. Default and static methods are neither
 * activities nor operations.
 */
public final class Contract {
  private final Class<?> type;
  private final Map<Method, ContractMethod> byMethod = new LinkedHashMap<>();
  private final Map<String, ContractMethod> bySignature = new LinkedHashMap<>();

  private Contract(Class<?> type) {
    this.type = type;
  }

  /**
   * Reads an interface.
   *
   * @param type the interface
   * @return the contract
   * @throws DurableException when it is no interface, or two of its methods would share a name
   */
  public static Contract of(Class<?> type) {
    if (!type.isInterface() || type.isAnnotation()) {
      throw new DurableException(
          type.getName()
              + " is not an interface: activities and entities are called through an interface, or"
              + " by an ActivityRef and by name");
    }
    Contract contract = new Contract(type);
    ResolvedTypes types = new ResolvedTypes(type);
    Map<String, Method> names = new TreeMap<>();
    Method[] methods = type.getMethods();
    Arrays.sort(methods, (a, b) -> a.toGenericString().compareTo(b.toGenericString()));
    for (Method m : methods) {
      if (m.isDefault() || Modifier.isStatic(m.getModifiers()) || isObjects(m)) {
        continue;
      }
      ContractMethod known = contract.bySignature.get(signature(m));
      if (known != null) {
        contract.byMethod.put(m, known);
        continue;
      }
      ContractMethod method = describe(type, m, types);
      Method other = names.putIfAbsent(method.name().toLowerCase(Locale.ROOT), m);
      if (other != null) {
        throw new DurableException(
            "Two methods of "
                + type.getName()
                + " would be called '"
                + method.name()
                + "' in history; give one of them a @Name");
      }
      contract.byMethod.put(m, method);
      contract.bySignature.put(signature(m), method);
    }
    if (contract.byMethod.isEmpty()) {
      throw new DurableException(
          type.getName() + " has no methods that could be activities or operations");
    }
    return contract;
  }

  private static ContractMethod describe(Class<?> type, Method m, ResolvedTypes types) {
    Name pinned = m.getAnnotation(Name.class);
    Name prefix = type.getAnnotation(Name.class);
    String base = prefix == null ? type.getSimpleName() : prefix.value();
    List<Class<? extends Exception>> declared = new ArrayList<>();
    for (Class<?> e : m.getExceptionTypes()) {
      if (Exception.class.isAssignableFrom(e) && !RuntimeException.class.isAssignableFrom(e)) {
        declared.add(e.asSubclass(Exception.class));
      }
    }
    return new ContractMethod(
        m,
        pinned == null ? base + "." + m.getName() : pinned.value(),
        pinned == null ? List.of() : List.of(pinned.aliases()),
        types.resolve(m.getGenericReturnType()),
        Arrays.stream(m.getGenericParameterTypes())
            .map(types::resolve)
            .map(Type.class::cast)
            .toList(),
        List.copyOf(declared));
  }

  private static String signature(Method m) {
    return m.getName() + Arrays.toString(m.getParameterTypes());
  }

  private static boolean isObjects(Method m) {
    try {
      Object.class.getMethod(m.getName(), m.getParameterTypes());
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /**
   * The interface.
   *
   * @return the class
   */
  public Class<?> type() {
    return type;
  }

  /**
   * All activities.
   *
   * @return the methods, each once
   */
  public List<ContractMethod> methods() {
    return List.copyOf(bySignature.values());
  }

  /**
   * The activity of a method.
   *
   * @param method a method of the interface
   * @return the activity; null for a default method
   */
  public @Nullable ContractMethod find(Method method) {
    return byMethod.get(method);
  }
}
