package io.durable4j.inmemory.testing.crash;

/** Something that a workflow does wrong under a schedule, or without any fault. */
public sealed interface Finding {
  /**
   * How it comes about.
   *
   * @return the step, the schedules, the seed
   */
  Evidence evidence();

  /**
   * What is wrong.
   *
   * @return one line or more
   */
  String what();

  /**
   * The outside world saw more than once what was asked for once.
   *
   * @param name the activity, or the code outside of an activity that did it
   * @param effect what was done, as the probe was told
   * @param times how often the code ran
   * @param effects how often the effect was recorded
   * @param evidence how it comes about
   */
  record Repeated(String name, String effect, int times, int effects, Evidence evidence)
      implements Finding {
    @Override
    public String what() {
      return name + " ran " + times + " times and did '" + effect + "' " + effects + " times";
    }
  }

  /**
   * The end is another one than without faults.
   *
   * @param expected the end, or the state of the world, of the run without faults
   * @param got the other one
   * @param evidence how it comes about
   */
  record EndDiffers(String expected, String got, Evidence evidence) implements Finding {
    EndDiffers with(Evidence found) {
      return new EndDiffers(expected, got, found);
    }

    @Override
    public String what() {
      return "ended with " + got + " instead of " + expected;
    }
  }

  /**
   * An invariant does not hold in the end.
   *
   * @param name its name
   * @param evidence how it comes about
   */
  record InvariantBroken(String name, Evidence evidence) implements Finding {
    @Override
    public String what() {
      return "invariant broken: " + name;
    }
  }

  /**
   * The scenario never ended.
   *
   * @param explanation what is waited for, since when
   * @param evidence how it comes about
   */
  record Stuck(String explanation, Evidence evidence) implements Finding {
    @Override
    public String what() {
      return "stuck: " + explanation;
    }
  }

  /**
   * The orchestrator did something else when it was replayed.
   *
   * @param message what was recorded, what the code did, and where
   * @param evidence how it comes about
   */
  record NonDeterministic(String message, Evidence evidence) implements Finding {
    @Override
    public String what() {
      return "not deterministic: " + message;
    }
  }
}
