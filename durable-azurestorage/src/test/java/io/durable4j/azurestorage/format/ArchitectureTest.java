package io.durable4j.azurestorage.format;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The format is pure: it knows the vocabulary, and neither the engine nor any client of storage.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.durable4j.azurestorage.format");

  @Test
  void theFormatIsPure() {
    assertThat(CLASSES.size()).isGreaterThan(20);
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.durable4j.azurestorage.format",
            "io.durable4j.spi",
            "io.durable4j.data",
            "io.durable4j.history",
            "io.durable4j.message",
            "com.fasterxml.jackson.core..",
            "org.jspecify.annotations",
            "java.io",
            "java.lang..",
            "java.math",
            "java.net",
            "java.nio.charset",
            "java.time..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.util.zip")
        .check(CLASSES);
  }
}
