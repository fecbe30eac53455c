package io.durable4j.samples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.inmemory.testing.crash.CrashReport;
import io.durable4j.inmemory.testing.crash.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/crash-explorer.md shows is what the explorer says. */
class OrdersTest {
  private static final Path PAGE = Path.of("../docs/crash-explorer.md");

  @Test
  void theCarefulOrderSurvivesEverything() throws IOException {
    CrashReport report = Orders.explore();
    assertThat(report.boundaries()).hasSize(6);
    assertThat(report.findings()).isEmpty();
    shows(report);
  }

  @Test
  void theCarelessOneChargesTwice() throws IOException {
    CrashReport report = Orders.explorer(false).explore();
    assertThat(report.findings())
        .extracting(Finding::what)
        .containsExactly(
            "Payments.charge ran 2 times and did 'charge a lamp' 2 times",
            "invariant broken: charged at most once",
            "ended with receipt 2 and parcel with box 7 instead of receipt 1 and parcel with box 7");
    shows(report);
    shows(Orders.again());
  }

  private static void shows(Object text) throws IOException {
    assertThat(Files.readString(PAGE)).contains("```\n" + text + "```\n");
  }
}
