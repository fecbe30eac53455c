package io.durable4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of ARCHITECTURE.md: what each room may know, and where time and threads come from. */
class ArchitectureTest {
  private static final int AT_LEAST = 150;

  /** Where the users' test environment is. */
  private static final Set<String> FRIENDS = Set.of("io.durable4j.inmemory");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.durable4j");

  /** For each room, the rooms of this project that it may know. */
  private static final Map<String, String[]> MAY_KNOW = new TreeMap<>();

  static {
    String[] vocabulary = {"data", "history", "message"};
    MAY_KNOW.put("data", new String[0]);
    MAY_KNOW.put("history", new String[] {"data"});
    MAY_KNOW.put("message", new String[] {"data", "history"});
    MAY_KNOW.put("activity", vocabulary);
    MAY_KNOW.put("orchestration", with(vocabulary, "activity"));
    MAY_KNOW.put("entity", with(vocabulary, "orchestration", "activity"));
    MAY_KNOW.put("client", with(vocabulary, "orchestration"));
    MAY_KNOW.put("spi", vocabulary);
    MAY_KNOW.put("observe", vocabulary);
    MAY_KNOW.put("internal.drive", new String[0]);
    MAY_KNOW.put("internal.controlled", new String[] {"internal.drive", "internal.observe"});
    MAY_KNOW.put("internal.contract", with(vocabulary, "activity"));
    MAY_KNOW.put(
        "internal.replay",
        with(vocabulary, "orchestration", "activity", "internal.contract", "internal.entity"));
    MAY_KNOW.put(
        "internal.entity",
        with(vocabulary, "entity", "orchestration", "activity", "internal.contract"));
    MAY_KNOW.put(
        "internal.verify",
        with(vocabulary, "orchestration", "activity", "internal.contract", "internal.replay"));
    MAY_KNOW.put("internal.inbox", with(vocabulary, "spi", "internal.entity"));
    MAY_KNOW.put("internal.observe", vocabulary);
    MAY_KNOW.put("internal.mailbox", with(vocabulary, "spi", "internal.drive"));
    MAY_KNOW.put(
        "internal.partition",
        with(vocabulary, "spi", "internal.drive", "internal.mailbox", "internal.observe"));
    MAY_KNOW.put(
        "internal.dispatch",
        with(
            vocabulary,
            "spi",
            "activity",
            "orchestration",
            "internal.contract",
            "internal.drive",
            "internal.entity",
            "internal.inbox",
            "internal.mailbox",
            "internal.observe",
            "internal.replay",
            "internal.session"));
    MAY_KNOW.put(
        "internal.session",
        with(
            vocabulary,
            "spi",
            "internal.drive",
            "internal.entity",
            "internal.inbox",
            "internal.replay"));
    MAY_KNOW.put(
        "internal.client",
        with(vocabulary, "spi", "client", "orchestration", "internal.drive", "internal.entity"));
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void theScanSeesTheHouse() {
    assertThat(CLASSES.size()).isGreaterThan(AT_LEAST);
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .as("rooms that the table does not name")
        .allMatch(
            p -> {
              String room = p.substring("io.durable4j".length() + 1);
              return room.equals("host") || MAY_KNOW.containsKey(room);
            });
  }

  @TestFactory
  Stream<DynamicTest> eachRoomKnowsOnlyWhatItMay() {
    return MAY_KNOW.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(), () -> knowsOnly(e.getKey(), e.getValue()).check(CLASSES)));
  }

  private static ArchRule knowsOnly(String room, String... known) {
    String[] allowed =
        Stream.concat(Stream.of(room), Arrays.stream(known))
            .map(p -> "io.durable4j." + p)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> foreign =
        resideInAPackage("io.durable4j..")
            .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
            .as("rooms other than %s", Arrays.toString(allowed));
    return noClasses()
        .that()
        .resideInAPackage("io.durable4j." + room)
        .should()
        .dependOnClassesThat(foreign);
  }

  @Test
  void nothingRunsInCircles() {
    slices().matching("io.durable4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void timeIdsAndThreadsComeFromTheHost() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.durable4j.host", "io.durable4j.internal.controlled")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callConstructor(Thread.class, Runnable.class)
        .orShould()
        .callConstructor(Thread.class, Runnable.class, String.class)
        .orShould()
        .callConstructor(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Executors.class)
        .check(CLASSES);
  }

  @Test
  void purePartsNeitherLogNorWait() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.durable4j.internal.replay",
            "io.durable4j.internal.inbox",
            "io.durable4j.internal.entity")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.slf4j.LoggerFactory")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent.locks")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("io.durable4j.internal.drive")
        .check(CLASSES);
  }

  @Test
  void internalRoomsAreExportedToFriendsOnly() {
    assertThat(CLASSES.contain("io.durable4j.host.DurableHost")).isTrue();
    java.lang.module.ModuleDescriptor descriptor = descriptor();
    assertThat(descriptor.exports())
        .isNotEmpty()
        .noneMatch(e -> e.source().contains(".internal") && !FRIENDS.equals(e.targets()));
  }

  private static java.lang.module.ModuleDescriptor descriptor() {
    try (var in = ArchitectureTest.class.getResourceAsStream("/module-info.class")) {
      return java.lang.module.ModuleDescriptor.read(java.util.Objects.requireNonNull(in));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
