package io.durable4j.inmemory.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.inmemory.sim.Mutant.Edit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MutantLoaderTest {
  private static final String CORE = "io/durable4j/internal/inbox/InboxRules.java";
  private static final String BACKEND = "io/durable4j/inmemory/Hub.java";
  private static final Edit ACCEPT =
      new Edit(
          CORE,
          "mayBeEarly(m) || mayAnswerABirth(m) || mayOvertakeItsStart(m) || isOfParent(m)"
              + " ? early(m) : new Verdict.Drop(\"there is no such instance\")",
          "new Verdict.Accept()");
  private static final Edit GONE = instead("GONE");

  /** The hub that is missing is another kind of failure. */
  private static Edit instead(String reason) {
    return new Edit(
        BACKEND,
        "throw HubException.missing(wanted);",
        "throw new HubException(Reason." + reason + ", \"of the mutant\");");
  }

  private final MutantLoader loader = new MutantLoader(Probe.class.getName());

  @AfterEach
  void close() {
    loader.close();
  }

  @Test
  void runsTheRealClassesWhereNothingIsChanged() {
    assertThat(loader.run(Mutant.of("nothing"), 7, 1))
        .isEqualTo("7: there is no such instance, MISSING")
        .isEqualTo(Probe.firstFailure(7, 1));
  }

  @Test
  void runsTheChangedClassesOfBothModules() {
    assertThat(loader.run(Mutant.of("core", ACCEPT), 1, 1)).isEqualTo("1: accepted, MISSING");
    assertThat(loader.run(Mutant.of("both", ACCEPT, GONE), 2, 1)).isEqualTo("2: accepted, GONE");
    assertThat(Probe.firstFailure(3, 1)).isEqualTo("3: there is no such instance, MISSING");
  }

  @Test
  void saysThatNothingWasFound() {
    assertThat(loader.run(Mutant.of("core", ACCEPT), 1, 0)).isNull();
  }

  @Test
  void makesSeveralChangesOfOneFile() {
    Edit first = instead("TOO_NEW");
    Edit second = new Edit(BACKEND, "Reason.TOO_NEW,", "Reason.GONE,");

    assertThat(loader.run(Mutant.of("twice", first, second), 1, 1)).endsWith(", GONE");
  }

  @Test
  void refusesATextThatIsNotThere() {
    Mutant lost = Mutant.of("lost", new Edit(CORE, "no such text", ""));

    assertThatThrownBy(() -> loader.run(lost, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'lost'", CORE, "0 places", "no such text");
  }

  @Test
  void refusesATextThatIsThereTwice() {
    Mutant vague = Mutant.of("vague", new Edit(CORE, "new Verdict.Accept()", ""));

    assertThatThrownBy(() -> loader.run(vague, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'vague'", "places, not one");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Mutant lost = Mutant.of("lost", new Edit("io/durable4j/Gone.java", "a", "b"));

    assertThatThrownBy(() -> loader.run(lost, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("io/durable4j/Gone.java");
  }

  @Test
  void saysWhyAMutantDoesNotCompile() {
    Mutant wrong = Mutant.of("wrong", instead("NOWHERE"));

    assertThatThrownBy(() -> loader.run(wrong, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("'wrong' does not compile", "Hub.java", "NOWHERE");
  }

  @Test
  void passesOnWhatTheRunnerThrows() {
    assertThatThrownBy(() -> loader.run(Mutant.of("nothing"), 1, -1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a negative count")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }
}
