package io.durable4j.inmemory.testing.history;

import io.durable4j.activity.ActivityRef;
import io.durable4j.host.DurableHost;
import io.durable4j.internal.verify.ServedName;
import io.durable4j.internal.verify.ServedName.Kind;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestratorRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The names that reach histories and messages, compared with a file of them that is kept with the
 * sources. A name that the file holds and nobody serves any more was renamed or removed, while
 * instances may still hold it. Immutable.
 *
 * <p>{@code DurableNames.of(host).events(APPROVAL).check(Path.of(DurableNames.DEFAULT_FILE))}
 */
public final class DurableNames {
  /** The system property that adds new names to the file: {@value}={@code write}. */
  public static final String MODE = "durable.names";

  /** Where the file is by custom, from the folder of the module. */
  public static final String DEFAULT_FILE = "src/test/resources/durable-names.txt";

  private final List<ServedName> served;

  private DurableNames(List<ServedName> served) {
    this.served = List.copyOf(served);
  }

  /**
   * The names that a host serves.
   *
   * @param setUp registers orchestrators, activities and entities as for a host
   * @return the names; events are not registered, see {@link #events}
   */
  public static DurableNames of(Consumer<DurableHost.Builder> setUp) {
    return new DurableNames(Registration.of(List.of(setUp)).names());
  }

  /**
   * No names yet.
   *
   * @return no names
   */
  public static DurableNames none() {
    return new DurableNames(List.of());
  }

  /**
   * The same and orchestrators.
   *
   * @param orchestrators their contracts
   * @return more names
   */
  public DurableNames orchestrators(OrchestratorRef<?, ?>... orchestrators) {
    return with(orchestrators, o -> Stream.of(ServedName.of(Kind.ORCHESTRATOR, o.name())));
  }

  /**
   * The same and activities.
   *
   * @param contracts their interfaces
   * @return more names, one a method; former ones are those of {@link io.durable4j.activity.Name}
   */
  public DurableNames activities(Class<?>... contracts) {
    return with(contracts, c -> ServedName.ofActivities(c).stream());
  }

  /**
   * The same and activities with references.
   *
   * @param activities their references
   * @return more names
   */
  public DurableNames activities(ActivityRef<?, ?>... activities) {
    return with(activities, a -> Stream.of(ServedName.of(a)));
  }

  /**
   * The same and entities.
   *
   * @param contracts their interfaces
   * @return more names, one for the entity and one an operation
   */
  public DurableNames entities(Class<?>... contracts) {
    return with(contracts, c -> ServedName.ofEntity(c).stream());
  }

  /**
   * The same and external events.
   *
   * @param events their contracts
   * @return more names
   */
  public DurableNames events(EventRef<?>... events) {
    return with(events, e -> Stream.of(ServedName.of(Kind.EVENT, e.name())));
  }

  private <T> DurableNames with(T[] more, Function<T, Stream<ServedName>> names) {
    List<ServedName> all = new ArrayList<>(served);
    Stream.of(more).flatMap(names).forEach(all::add);
    return new DurableNames(all);
  }

  /**
   * Fails unless the file holds these names, and each name of the file is still served, by the code
   * or by an alias. With the system property {@code durable.names=write} names that are new are
   * added to the file first; none is ever removed from it but by hand.
   *
   * @param file the file; one name a line, after its kind
   * @throws AssertionError when names are missing here or there; all of them are listed, and what
   *     to do
   * @throws io.durable4j.data.DurableException when a line of the file is none, or it cannot be
   *     read or written
   */
  public void check(Path file) {
    NamesFile names = NamesFile.read(file);
    List<ServedName> added = names.missing(served);
    if (!added.isEmpty() && System.getProperty(MODE, "").equals("write")) {
      names = names.with(added);
      names.write(file);
      added = List.of();
    }
    String wrong = NamesFile.report(file, names.notServed(served), added);
    if (!wrong.isEmpty()) {
      throw new AssertionError(wrong);
    }
  }
}
