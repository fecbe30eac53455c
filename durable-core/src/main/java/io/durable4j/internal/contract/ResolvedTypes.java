package io.durable4j.internal.contract;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces the type variables of inherited generic types by what a class binds them to. */
final class ResolvedTypes {
  private final Map<TypeVariable<?>, Type> bound = new HashMap<>();

  /** Variables that are bound to what nothing binds. */
  private final Set<TypeVariable<?>> loose = new HashSet<>();

  ResolvedTypes(Class<?> contract) {
    bind(contract);
  }

  private void bind(Class<?> type) {
    for (Type parent : type.getGenericInterfaces()) {
      bindParent(parent);
    }
    Type superclass = type.getGenericSuperclass();
    if (superclass != null) {
      bindParent(superclass);
    }
  }

  private void bindParent(Type parent) {
    if (!(parent instanceof ParameterizedType p)) {
      bind((Class<?>) parent);
      return;
    }
    Class<?> raw = (Class<?>) p.getRawType();
    TypeVariable<?>[] variables = raw.getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      Type argument = p.getActualTypeArguments()[i];
      if (isLoose(argument)) {
        loose.add(variables[i]);
      }
      bound.put(variables[i], resolve(argument));
    }
    bind(raw);
  }

  private boolean isLoose(Type type) {
    if (type instanceof TypeVariable<?> v) {
      return !bound.containsKey(v) || loose.contains(v);
    }
    if (type instanceof GenericArrayType a) {
      return isLoose(a.getGenericComponentType());
    }
    if (type instanceof WildcardType w) {
      return isLoose(w.getUpperBounds()[0]);
    }
    return type instanceof ParameterizedType p
        && Arrays.stream(p.getActualTypeArguments()).anyMatch(this::isLoose);
  }

  /** What a variable is bound to, down to its last part; null when something of it is open. */
  @Nullable Type boundTo(TypeVariable<?> variable) {
    return loose.contains(variable) ? null : bound.get(variable);
  }

  /** The type without variables; a variable that nothing binds becomes its first bound. */
  Type resolve(Type type) {
    if (type instanceof TypeVariable<?> v) {
      Type known = bound.get(v);
      return known != null ? known : resolve(v.getBounds()[0]);
    }
    if (type instanceof WildcardType w) {
      return resolve(w.getUpperBounds()[0]);
    }
    if (type instanceof GenericArrayType a) {
      Type element = resolve(a.getGenericComponentType());
      return element instanceof Class<?> c ? c.arrayType() : new ArrayOf(element);
    }
    if (type instanceof ParameterizedType p) {
      List<Type> arguments = Arrays.stream(p.getActualTypeArguments()).map(this::resolve).toList();
      return new Generic((Class<?>) p.getRawType(), arguments, p.getOwnerType());
    }
    return type;
  }

  private record ArrayOf(Type element) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return element;
    }

    @Override
    public String getTypeName() {
      return element.getTypeName() + "[]";
    }
  }

  private record Generic(Class<?> raw, List<Type> arguments, @Nullable Type owner)
      implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return owner;
    }

    @Override
    public String getTypeName() {
      StringBuilder name = new StringBuilder(raw.getName()).append('<');
      for (int i = 0; i < arguments.size(); i++) {
        name.append(i == 0 ? "" : ", ").append(arguments.get(i).getTypeName());
      }
      return name.append('>').toString();
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof ParameterizedType p
          && raw.equals(p.getRawType())
          && Arrays.equals(getActualTypeArguments(), p.getActualTypeArguments())
          && Objects.equals(owner, p.getOwnerType());
    }

    @Override
    public int hashCode() {
      return arguments.hashCode() ^ Objects.hashCode(owner) ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return getTypeName();
    }
  }
}
