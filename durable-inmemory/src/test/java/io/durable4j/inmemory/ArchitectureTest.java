package io.durable4j.inmemory;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * A backend is storage: it knows the SPI and the vocabulary, and nothing of the engine. What tests
 * workflows on it knows the API and the rooms of the engine that are open to it.
 */
class ArchitectureTest {
  /** Where the users' test environment is. */
  private static final String TESTING = "io.durable4j.inmemory.testing..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.durable4j.inmemory");

  @Test
  void knowsTheSpiAndTheVocabularyOnly() {
    assertThat(CLASSES.size()).isGreaterThan(15);
    DescribedPredicate<JavaClass> foreign =
        resideInAPackage("io.durable4j..")
            .and(
                DescribedPredicate.not(
                    resideInAnyPackage(
                        "io.durable4j.inmemory",
                        "io.durable4j.spi",
                        "io.durable4j.data",
                        "io.durable4j.history",
                        "io.durable4j.message")));
    noClasses()
        .that()
        .resideOutsideOfPackage(TESTING)
        .should()
        .dependOnClassesThat(foreign)
        .check(CLASSES);
  }

  @Test
  void testsOfWorkflowsKnowOfTheInsidesWhatIsMadeForThem() {
    noClasses()
        .that()
        .resideInAPackage(TESTING)
        .and()
        .resideOutsideOfPackage("io.durable4j.inmemory.testing.crash")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.durable4j.internal..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "io.durable4j.internal.controlled",
                            "io.durable4j.internal.drive",
                            "io.durable4j.internal.observe",
                            "io.durable4j.internal.verify"))))
        .check(CLASSES);
  }

  @Test
  void theCrashExplorerReplaysAndGivesItsClientsSteadyIds() {
    noClasses()
        .that()
        .resideInAPackage("io.durable4j.inmemory.testing.crash")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.durable4j.internal..")
                .and(
                    DescribedPredicate.not(
                        resideInAnyPackage(
                            "io.durable4j.internal.controlled",
                            "io.durable4j.internal.drive",
                            "io.durable4j.internal.observe",
                            "io.durable4j.internal.replay"))))
        .check(CLASSES);
  }

  @Test
  void onlyTheExtensionKnowsJUnit() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.durable4j.inmemory.testing.junit")
        .should()
        .dependOnClassesThat(resideInAPackage("org.junit.."))
        .check(CLASSES);
  }
}
