package io.durable4j.azurestorage.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where the Azure SDK is known, and what the ports on it may not do by themselves. */
class SdkArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.durable4j.azurestorage");

  @Test
  void onlyThePortsOnItAndThePublicDoorKnowTheSdk() {
    assertThat(CLASSES.size()).isGreaterThan(100);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.durable4j.azurestorage", "io.durable4j.azurestorage.sdk")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.azure..")
        .check(CLASSES);
  }

  @Test
  void onlyThePublicDoorKnowsThePortsOnTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.durable4j.azurestorage", "io.durable4j.azurestorage.sdk")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.durable4j.azurestorage.sdk")
        .check(CLASSES);
  }

  @Test
  void onlyThePublicDoorTakesTimeAndChance() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.durable4j.azurestorage")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .check(CLASSES);
  }
}
