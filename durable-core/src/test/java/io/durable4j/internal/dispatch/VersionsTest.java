package io.durable4j.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.internal.replay.Replay;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', '  ', 0",
    "'', 0, -1",
    "'', a, -1",
    "'', '!', -1",
    "1, 1, 0",
    "1, 2, -1",
    "9, 10, -1",
    "1.9, 1.10, -1",
    "1.0, 1.0, 0",
    "01.2, 1.02, 0",
    "1.0, 1.0.0, -1",
    "1.0.1, 1.1, -1",
    "2.0, 10.0.0.0, -1",
    "1.99999999999999999999, 1.100000000000000000000, -1",
    "' 1.2 ', 1.2, 0",
    "beta, BETA, 0",
    "alpha, Beta, -1",
    "1.0-rc, 1.0, 1",
    "v2, v10, 1",
    "10, 9a, -1",
    "1., 1, 1",
  })
  void the_table_of_comparisons(String a, String b, int expected) {
    assertThat(Integer.signum(Versions.compare(a, b))).isEqualTo(expected);
    assertThat(Integer.signum(Versions.compare(b, a))).isEqualTo(-expected);
    assertThat(Versions.key(a).equals(Versions.key(b))).isEqualTo(expected == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, '', true, true, true, true",
    "NONE, 1.1, true, true, true, true",
    "STRICT, 1.1, false, false, true, false",
    "STRICT, '', true, false, false, false",
    "CURRENT_OR_OLDER, 1.1, true, true, true, false",
    "CURRENT_OR_OLDER, '', true, false, false, false",
  })
  void which_versions_a_worker_takes(
      VersionRules.Match match,
      String own,
      boolean none,
      boolean older,
      boolean same,
      boolean newer) {
    VersionRules rules = new VersionRules(own, match, false);
    assertThat(rules.misfit("") == null).isEqualTo(none);
    assertThat(rules.misfit("1.0") == null).isEqualTo(older);
    assertThat(rules.misfit("1.1") == null).isEqualTo(same);
    assertThat(rules.misfit("1.2") == null).isEqualTo(newer);
  }

  @Test
  void a_misfit_names_both_versions() {
    VersionRules rules = new VersionRules("1.1", VersionRules.Match.CURRENT_OR_OLDER, false);
    assertThat(rules.misfit("2")).contains("'2'", "'1.1'", "older");
    assertThat(new VersionRules("", VersionRules.Match.STRICT, false).misfit("2"))
        .contains("this worker's is none");
  }

  @Test
  void the_exact_version_comes_before_the_code_without_one() {
    Registry registry = new Registry();
    Replay.Code plain = code("Flow");
    registry.add("", plain);
    assertThat(registry.orchestrator("FLOW", "")).isSameAs(plain);
    assertThat(registry.orchestrator("flow", "7")).as("no version is known").isSameAs(plain);
    Replay.Code two = code("flow");
    registry.add("2.0", two);
    assertThat(registry.orchestrator("Flow", "2.00")).isSameAs(two);
    assertThat(registry.orchestrator("Flow", "")).isSameAs(plain);
    assertThat(registry.orchestrator("Flow", "7")).as("versions are told apart").isNull();
    assertThat(registry.missing("Flow", "7")).contains("'7'", "'', '2.0'");
    Registry versioned = new Registry();
    versioned.add("2", two);
    assertThat(versioned.orchestrator("Flow", "")).isNull();
    assertThat(versioned.orchestrator("Other", "2")).isNull();
  }

  @Test
  void a_name_is_taken_once_a_version() {
    Registry registry = new Registry();
    registry.add("1.0", code("Flow"));
    registry.add("1.1", code("Flow"));
    assertThatThrownBy(() -> registry.add("1.00", code("FLOW")))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("'FLOW' in version '1.00'");
  }

  private static Replay.Code code(String name) {
    return new Replay.Code(
        OrchestratorRef.of(name, String.class, String.class), () -> (ctx, in) -> "");
  }

  @ParameterizedTest
  @CsvSource({
    ", , , , ",
    "5, , , , 5",
    "5, , 3, , 3",
    "5, 9, 3, , 9",
    "5, 9, , , 9",
    ", , , 7, 7",
    "5, , , 7, 5",
    "5, 9, , 7, 7",
    "8, , , 7, 7",
    ", , 9, 7, 7",
  })
  void the_limit_of_a_run(
      Integer usual, Integer call, Integer own, Integer most, Integer expected) {
    assertThat(new ActivityTimeouts(seconds(usual), seconds(most)).of(seconds(call), seconds(own)))
        .isEqualTo(seconds(expected));
  }

  private static Duration seconds(Integer n) {
    return n == null ? null : Duration.ofSeconds(n);
  }
}
