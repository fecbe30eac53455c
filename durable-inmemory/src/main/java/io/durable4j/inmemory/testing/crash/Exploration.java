package io.durable4j.inmemory.testing.crash;

import io.durable4j.internal.controlled.Carriers;
import io.durable4j.internal.controlled.Chooser;
import io.durable4j.internal.controlled.OpenDrive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One exploration under way. One thread. */
final class Exploration<W> {
  private static final long MOST_STEPS = 1_000_000;
  private static final Duration BUSY = Duration.ofMinutes(1);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final Plot<W> plot;
  private final Bounds bounds;
  private final Carriers carriers;
  private final Names names = new Names();
  private final Map<String, Found> findings = new LinkedHashMap<>();
  private final Repeats repeats;
  private final Learned learned;
  private final Outcome good;
  private final Judge judge;
  private int runs;
  private int untried;

  /** How far it goes. */
  record Bounds(int faults, int runs) {}

  Exploration(Plot<W> plot, Judge.Tolerance tolerance, Bounds bounds, Carriers carriers) {
    this.plot = plot;
    this.bounds = bounds;
    this.carriers = carriers;
    this.good = run(null, List.of());
    this.learned = new Learned(good.story(), Places.of(good.story().histories(), plot.spied()));
    this.judge = new Judge(learned, good, tolerance);
    this.repeats = new Repeats(learned, good);
  }

  CrashReport explore() {
    look(List.of(), good);
    if (!judge.isHopeless(good)) {
      refuseFailure();
      // what differs without any fault was kept outside of the world
      look(List.of(), run(learned, List.of()));
      combine(singles());
    }
    return new CrashReport(
        learned.boundaries(),
        findings.values().stream().map(f -> f.finding(plot.seed())).toList(),
        repeats.harmless(),
        good.end().toString(),
        untried,
        runs,
        plot.seed());
  }

  CrashReplay replay(String text) {
    List<Fault> faults = Schedule.parse(text);
    Schedule schedule = Schedule.of(faults, learned);
    Outcome outcome = run(learned, faults);
    return new CrashReplay(
        schedule,
        outcome.story().lines(),
        outcome.end().toString(),
        judge.of(outcome, faults).stream()
            .map(v -> new Found(v, schedule, schedule).finding(plot.seed()))
            .toList());
  }

  /** A scenario whose right end is an exception cannot be told from one that is wrong itself. */
  private void refuseFailure() {
    if (good.end() instanceof End.Threw t) {
      if (t.thrown() instanceof AssertionError e) {
        throw e;
      }
      throw new AssertionError(
          "The scenario fails without any fault: "
              + t.what()
              + ". If that is its right end, catch it there and return it",
          t.thrown());
    }
  }

  private Outcome run(@Nullable Learned known, List<Fault> faults) {
    runs++;
    OpenDrive open =
        OpenDrive.open(
            carriers,
            new OpenDrive.Plan(
                Chooser.fifo(),
                plot.seed(),
                plot.times().start(),
                false,
                MOST_STEPS,
                BUSY,
                SILENCE,
                GaveUp::new));
    Outcome outcome;
    List<String> left;
    try {
      outcome = Run.of(plot, open.inner(), names, known, faults);
    } finally {
      left = open.end();
    }
    refuse("A thread does not end, and is left behind", left, faults);
    refuse("A thread of the engine failed", open.failures(), faults);
    return outcome;
  }

  private static void refuse(String what, List<?> problems, List<Fault> faults) {
    if (!problems.isEmpty()) {
      throw new AssertionError(
          what + " in the run with schedule '" + Fault.text(faults) + "': " + problems);
    }
  }

  /** Tries each fault alone; answers those that are possible and did no harm. */
  private List<Fault> singles() {
    List<Fault> harmless = new ArrayList<>();
    for (Fault f : Schedules.singles(learned, plot.times().within())) {
      if (runs >= bounds.runs) {
        untried++;
      } else {
        Outcome outcome = run(learned, List.of(f));
        if (outcome.possible() && !look(List.of(f), outcome)) {
          harmless.add(f);
        }
      }
    }
    return harmless;
  }

  /** Faults that do no harm alone may do some together. */
  private void combine(List<Fault> harmless) {
    SplittableRandom random = new SplittableRandom(plot.seed());
    while (runs < bounds.runs && bounds.faults > 1 && harmless.size() > 1) {
      int size = 2 + random.nextInt(bounds.faults - 1);
      List<Fault> faults = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Fault f = harmless.get(random.nextInt(harmless.size()));
        if (!faults.contains(f)) {
          faults.add(f);
        }
      }
      Outcome outcome = run(learned, faults);
      if (outcome.possible()) {
        look(faults, outcome);
      }
    }
  }

  /** Whether something is wrong. */
  private boolean look(List<Fault> faults, Outcome outcome) {
    repeats.add(outcome);
    List<Verdict> wrong = judge.of(outcome, faults);
    for (Verdict v : wrong) {
      Found known = findings.get(v.signature());
      if (known == null) {
        shrink(faults, v);
      } else {
        known.again();
      }
    }
    return !wrong.isEmpty();
  }

  /** Leaves out one fault after the other as long as the same is wrong. */
  private void shrink(List<Fault> faults, Verdict verdict) {
    List<Fault> small = faults;
    Verdict same = verdict;
    for (int i = 0; i < small.size() && faults.size() > 1; ) {
      List<Fault> fewer = new ArrayList<>(small);
      fewer.remove(i);
      Verdict still = still(verdict.subject(), fewer);
      if (still == null) {
        i++;
      } else {
        small = fewer;
        same = still;
      }
    }
    Schedule first = Schedule.of(faults, learned);
    Schedule shortest = Schedule.of(small, learned);
    Found known = findings.get(same.signature());
    if (known == null) {
      findings.put(same.signature(), new Found(same, first, shortest));
    } else {
      known.again();
    }
  }

  private @Nullable Verdict still(String subject, List<Fault> faults) {
    Outcome outcome = run(learned, faults);
    for (Verdict v : judge.of(outcome, faults)) {
      if (outcome.possible() && v.subject().equals(subject)) {
        return v;
      }
    }
    return null;
  }
}
