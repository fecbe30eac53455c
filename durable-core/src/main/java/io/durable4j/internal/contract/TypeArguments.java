package io.durable4j.internal.contract;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What classes give their generic supertypes. */
public final class TypeArguments {
  private TypeArguments() {}

  /**
   * The first type argument that a class gives a supertype.
   *
   * @param type the class
   * @param supertype a generic class or interface that it extends
   * @return the argument; null when the class leaves it open, or parts of it
   */
  public static @Nullable Type first(Class<?> type, Class<?> supertype) {
    return new ResolvedTypes(type).boundTo(supertype.getTypeParameters()[0]);
  }
}
