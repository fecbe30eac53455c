package io.durable4j.replaytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The tests of this package once more, on the other levels of sessions. */
class EveryLevelTest {
  private static final long AT_LEAST = 100;

  @ParameterizedTest
  @ValueSource(strings = {"warm", "live"})
  void all_that_holds_cold_holds(String level) {
    LauncherDiscoveryRequest tests =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(EveryLevelTest.class.getPackageName()))
            .filters(excludeClassNamePatterns(".*EveryLevelTest"))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    System.setProperty(ReplayLevel.PROPERTY, level);
    try {
      LauncherFactory.create().execute(tests, summary);
    } finally {
      System.clearProperty(ReplayLevel.PROPERTY);
    }
    assertThat(failures(summary)).isEmpty();
    assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(AT_LEAST);
  }

  private static List<String> failures(SummaryGeneratingListener summary) {
    return summary.getSummary().getFailures().stream()
        .map(f -> f.getTestIdentifier().getUniqueId() + ": " + f.getException())
        .toList();
  }
}
