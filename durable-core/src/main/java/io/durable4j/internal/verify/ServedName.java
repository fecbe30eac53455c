package io.durable4j.internal.verify;

import io.durable4j.activity.ActivityRef;
import io.durable4j.internal.contract.Contract;
import io.durable4j.orchestration.EntityId;
import java.util.ArrayList;
import java.util.List;

/**
 * A name under which code is found when histories and messages speak of it.
 *
 * @param kind what it is the name of
 * @param name the name as it is written today
 * @param aliases former names that are still understood
 */
public record ServedName(Kind kind, String name, List<String> aliases) {
  /** What has a name. */
  public enum Kind {
    /** An activity. */
    ACTIVITY,
    /** A kind of entity. */
    ENTITY,
    /** An external event. */
    EVENT,
    /** An operation of an entity, after the entity's name and a dot. */
    OPERATION,
    /** An orchestrator. */
    ORCHESTRATOR
  }

  /** Copies the list. */
  public ServedName {
    aliases = List.copyOf(aliases);
  }

  /**
   * A name without former ones.
   *
   * @param kind what it is the name of
   * @param name the name
   * @return the name
   */
  public static ServedName of(Kind kind, String name) {
    return new ServedName(kind, name, List.of());
  }

  /**
   * The activities of an interface.
   *
   * @param contract the interface
   * @return a name a method
   */
  public static List<ServedName> ofActivities(Class<?> contract) {
    return Contract.of(contract).methods().stream()
        .map(m -> new ServedName(Kind.ACTIVITY, m.name(), m.aliases()))
        .toList();
  }

  /**
   * An activity with a reference.
   *
   * @param activity the reference
   * @return its name
   */
  public static ServedName of(ActivityRef<?, ?> activity) {
    return of(Kind.ACTIVITY, activity.name());
  }

  /**
   * An entity behind an interface, and its operations.
   *
   * @param contract the interface
   * @return the entity's name, and one a method
   */
  public static List<ServedName> ofEntity(Class<?> contract) {
    String entity = EntityId.of(contract, "key").name();
    List<ServedName> names = new ArrayList<>();
    names.add(of(Kind.ENTITY, entity));
    Contract.of(contract)
        .methods()
        .forEach(
            m ->
                names.add(
                    new ServedName(
                        Kind.OPERATION,
                        operation(entity, m.operation()),
                        m.aliases().stream().map(a -> operation(entity, a)).toList())));
    return names;
  }

  /**
   * An entity by name, and its operations.
   *
   * @param entity the entity's name
   * @param operations the names of its operations
   * @return the entity's name, and one an operation
   */
  public static List<ServedName> ofEntity(String entity, List<String> operations) {
    List<ServedName> names = new ArrayList<>();
    names.add(of(Kind.ENTITY, entity));
    operations.forEach(o -> names.add(of(Kind.OPERATION, operation(entity, o))));
    return names;
  }

  private static String operation(String entity, String operation) {
    return entity + "." + operation;
  }
}
