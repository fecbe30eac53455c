package io.durable4j.data;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A full generic type, written as {@code new TypeRef<List<Order>>() {}} or {@code
 * TypeRef.of(Order.class)}. Two references are equal when their types are.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
  private final Type type;

  /** Captures the type argument of the anonymous subclass. */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType p)) {
      throw new IllegalArgumentException("Write new TypeRef<SomeType>() {} with a type argument");
    }
    this.type = p.getActualTypeArguments()[0];
  }

  TypeRef(Type type) {
    this.type = type;
  }

  /**
   * A reference to a plain class.
   *
   * @param type the class
   * @param <T> the type
   * @return the reference
   */
  public static <T> TypeRef<T> of(Class<T> type) {
    return new Plain<>(type);
  }

  /**
   * A reference to a reflected type.
   *
   * @param type the type, with its generic arguments
   * @return the reference
   */
  public static TypeRef<Object> of(Type type) {
    return new Plain<>(type);
  }

  /**
   * The type.
   *
   * @return the reflected type
   */
  public final Type type() {
    return type;
  }

  @Override
  public final boolean equals(Object o) {
    return o instanceof TypeRef<?> t && t.type.equals(type);
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Plain<T> extends TypeRef<T> {
    Plain(Type type) {
      super(type);
    }
  }
}
