package io.durable4j.inmemory.testing.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a run. */
final class Judge {
  private static final Pattern MISMATCH =
      Pattern.compile(" at (step \\d+)\\..*, at ([^,]+)\\. Was ", Pattern.DOTALL);
  private static final String NON_DETERMINISM = "NonDeterminism: ";

  private final Learned learned;
  private final Outcome good;
  private final Tolerance tolerance;

  /**
   * What is not wrong.
   *
   * @param form brings ends, and states of the world, into a form that can be compared
   * @param ends ends that are as good as that of the run without faults
   * @param effects effects that may be repeated
   */
  record Tolerance(
      Function<@Nullable Object, @Nullable Object> form,
      List<@Nullable Object> ends,
      Set<String> effects) {}

  Judge(Learned learned, Outcome good, Tolerance tolerance) {
    this.learned = learned;
    this.good = good;
    this.tolerance = tolerance;
  }

  /** What is wrong, the worst first. */
  List<Verdict> of(Outcome run, List<Fault> faults) {
    List<Verdict> all = new ArrayList<>();
    String mismatch = mismatch(run);
    if (!mismatch.isEmpty()) {
      all.add(
          new Verdict(
              "not deterministic",
              place(mismatch),
              place(mismatch),
              e -> new Finding.NonDeterministic(mismatch, e)));
      return all;
    }
    repeats(run, all);
    Whereabouts way = new Whereabouts(learned, good, run);
    String place = way.place(faults);
    String step = way.step(faults);
    for (String name : run.broken()) {
      all.add(
          new Verdict("invariant " + name, place, step, e -> new Finding.InvariantBroken(name, e)));
    }
    if (run.end() instanceof End.Stuck s) {
      all.add(new Verdict("stuck", place, step, e -> new Finding.Stuck(s.explanation(), e)));
    } else {
      Finding.EndDiffers difference = difference(run);
      if (difference != null) {
        all.add(new Verdict("end", place, step, difference::with));
      }
    }
    return all;
  }

  /** Whether a run shows nothing of the workflow beyond a point. */
  boolean isHopeless(Outcome run) {
    return run.end() instanceof End.Stuck || !mismatch(run).isEmpty();
  }

  private static String mismatch(Outcome run) {
    for (Story.Wrote w : run.story().writes()) {
      if (w.write().failure().startsWith(NON_DETERMINISM)) {
        return w.write().failure().substring(NON_DETERMINISM.length());
      }
    }
    return "";
  }

  private static String place(String mismatch) {
    Matcher m = MISMATCH.matcher(mismatch);
    return m.find() ? m.group(1) + " (" + m.group(2) + ")" : "an unknown step";
  }

  private Finding.@Nullable EndDiffers difference(Outcome run) {
    if (!same(good.end(), run.end())) {
      return run.end() instanceof End.Returned r && tolerance.ends().contains(form(r.value()))
          ? null
          : new Finding.EndDiffers(good.end().toString(), run.end().toString(), Evidence.NONE);
    }
    return Objects.equals(form(good.state()), form(run.state()))
        ? null
        : new Finding.EndDiffers(
            "the state " + good.state(), "the state " + run.state(), Evidence.NONE);
  }

  private boolean same(End a, End b) {
    return (a instanceof End.Returned x && b instanceof End.Returned y)
        ? Objects.equals(form(x.value()), form(y.value()))
        : a.equals(b);
  }

  private @Nullable Object form(@Nullable Object value) {
    return tolerance.form().apply(value);
  }

  private void repeats(Outcome run, List<Verdict> all) {
    Map<String, List<Effect>> groups = grouped(run);
    Map<String, List<Effect>> before = grouped(good);
    groups.forEach(
        (group, effects) -> {
          Effect first = effects.get(0);
          Body body = first.body();
          if (tolerance.effects().contains(first.name())) {
            return;
          } else if (body != null) {
            Set<Integer> runs = new LinkedHashSet<>();
            effects.forEach(e -> runs.add(Objects.requireNonNull(e.body()).number()));
            if (runs.size() > 1) {
              int times = run.story().bodiesOf(body.key());
              repeated(body.name(), learned.step(body), first, times, effects.size(), all);
            }
          } else if (effects.size() > allowed(first, before.get(group))) {
            String code = first.kind().name().toLowerCase(java.util.Locale.ROOT) + " code";
            repeated(
                code,
                code + " (" + first.place() + ")",
                first,
                effects.size(),
                effects.size(),
                all);
          }
        });
  }

  private static int allowed(Effect effect, @Nullable List<Effect> before) {
    return effect.kind() == Effect.Kind.ORCHESTRATOR || before == null ? 1 : before.size();
  }

  private static void repeated(
      String name, String step, Effect effect, int times, int effects, List<Verdict> all) {
    all.add(
        new Verdict(
            "repeat of " + effect.name(),
            step,
            step,
            e -> new Finding.Repeated(name, effect.label(), times, effects, e)));
  }

  /** Effects that are one effect when all is well. */
  private static Map<String, List<Effect>> grouped(Outcome run) {
    Map<String, List<Effect>> groups = new LinkedHashMap<>();
    for (Effect e : run.effects()) {
      if (e.done() && e.kind() != Effect.Kind.TEST) {
        String what = e.body() == null ? e.kind() + e.place() + " " + e.detail() : e.body().key();
        groups.computeIfAbsent(what + " " + e.name(), k -> new ArrayList<>()).add(e);
      }
    }
    return groups;
  }
}
