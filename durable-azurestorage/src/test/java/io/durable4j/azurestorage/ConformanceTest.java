package io.durable4j.azurestorage;

import io.durable4j.fixtures.ConformanceList;
import io.durable4j.fixtures.CoverageCheck;
import org.junit.jupiter.api.Test;

/** Every line has a test that runs on this backend: one of its own, or one of the kit. */
class ConformanceTest {
  @Test
  void everyLineThatIsDueIsCovered() {
    CoverageCheck.ofPackages(ConformanceList.load(), "io.durable4j.azurestorage").verify();
  }
}
