package io.durable4j.inmemory.scenario;

import io.durable4j.fixtures.ConformanceList;
import io.durable4j.fixtures.CoverageCheck;
import org.junit.jupiter.api.Test;

/** Every line of a group that is done has a test. */
class ConformanceTest {
  @Test
  void everyLineThatIsDueIsCovered() {
    CoverageCheck.ofPackages(ConformanceList.load(), "io.durable4j.fixtures.scenario").verify();
  }
}
