package io.durable4j.orchestration;

import io.durable4j.activity.Name;
import io.durable4j.data.DurableException;
import io.durable4j.history.InstanceId;
import java.util.Locale;

/**
 * The address of an entity: its name and key, and the interface through which it is called. Two ids
 * with the same name and key are one entity.
 *
 * @param contract the interface; {@link Object} for an entity that is called by name
 * @param name the kind of entity, in small letters, not blank, without {@code @}
 * @param key which one of its kind; not empty, case matters, may contain {@code @}
 * @param <T> the contract
 */
public record EntityId<T>(Class<T> contract, String name, String key) {
  /** Puts the name into small letters and refuses what cannot be an instance id. */
  public EntityId {
    name = name.toLowerCase(Locale.ROOT);
    if (name.isBlank() || name.indexOf('@') >= 0) {
      throw new InvalidEntityIdException(
          "Invalid entity name '" + name + "': it needs letters, and may not contain @");
    }
    if (key.isEmpty()) {
      throw new InvalidEntityIdException("Invalid entity key of '" + name + "': it is empty");
    }
    try {
      new InstanceId(instanceId(name, key));
    } catch (InstanceId.InvalidIdException e) {
      throw new InvalidEntityIdException(
          "Invalid entity '" + name + "' with key '" + key + "': " + e.getMessage());
    }
  }

  /**
   * An entity that is called through an interface. Its name is the interface's {@link Name}, or
   * else its simple name.
   *
   * @param contract the interface
   * @param key which one of its kind
   * @param <T> the contract
   * @return the id
   * @throws InvalidEntityIdException when name or key are refused
   */
  public static <T> EntityId<T> of(Class<T> contract, String key) {
    return new EntityId<>(contract, nameOf(contract), key);
  }

  /**
   * An entity that is called by name.
   *
   * @param name the kind of entity
   * @param key which one of its kind
   * @return the id
   * @throws InvalidEntityIdException when name or key are refused
   */
  public static EntityId<Object> named(String name, String key) {
    return new EntityId<>(Object.class, name, key);
  }

  /**
   * The entity of an instance id.
   *
   * @param instanceId {@code @name@key}
   * @return the id
   * @throws InvalidEntityIdException when it is no entity's
   */
  public static EntityId<Object> parse(String instanceId) {
    int second = instanceId.indexOf('@', 1);
    if (!instanceId.startsWith("@") || second < 0) {
      throw new InvalidEntityIdException(
          "'" + instanceId + "' is no entity's instance id, which has the form @name@key");
    }
    return named(instanceId.substring(1, second), instanceId.substring(second + 1));
  }

  /**
   * The name of the entities of an interface.
   *
   * @param contract the interface
   * @return its {@link Name}, or else its simple name, in small letters
   */
  public static String nameOf(Class<?> contract) {
    Name pinned = contract.getAnnotation(Name.class);
    return (pinned == null ? contract.getSimpleName() : pinned.value()).toLowerCase(Locale.ROOT);
  }

  /**
   * The instance that the entity is.
   *
   * @return {@code @name@key}
   */
  public String instanceId() {
    return instanceId(name, key);
  }

  private static String instanceId(String name, String key) {
    return "@" + name + "@" + key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntityId<?> e && name.equals(e.name) && key.equals(e.key);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + key.hashCode();
  }

  /** The instance id. */
  @Override
  public String toString() {
    return instanceId();
  }

  /** A name or key was refused; nothing was stored. */
  public static final class InvalidEntityIdException extends DurableException {
    private static final long serialVersionUID = 1;

    InvalidEntityIdException(String message) {
      super(message);
    }
  }
}
