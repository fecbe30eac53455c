package io.durable4j.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes health down for people. */
final class HealthText {
  private static final int LISTED = 10;

  private HealthText() {}

  static String of(Health h) {
    List<String> lines = new ArrayList<>();
    lines.add(h.status() + " " + h.worker() + " at " + h.at() + (h.closed() ? ", closed" : ""));
    lines.add(storage(h.storage()));
    lines.add("owns " + h.partitions().size() + " partitions: " + h.partitions());
    lines.add(
        "permits in use: "
            + permits(h.turns())
            + " of turns, "
            + permits(h.entities())
            + " of entities, "
            + permits(h.activities())
            + " of activities; "
            + h.runningActivities()
            + " activities run");
    Health.Sessions kept = h.sessions();
    lines.add(
        "sessions "
            + kept.level()
            + ": "
            + kept.count()
            + " instances, about "
            + kept.bytes()
            + " bytes");
    lines.add(
        "oldest wait: "
            + h.oldestHeld()
            + " in memory, "
            + (h.oldestQueued() == null ? "unknown" : h.oldestQueued())
            + " in queues");
    lines.add("set aside: " + (h.quarantined() == null ? "unknown" : h.quarantined()));
    list(lines, "unknown names", h.unknown(), HealthText::name);
    list(
        lines, "parked", h.parked(), p -> p.instance() + " since " + p.since() + ": " + p.reason());
    return String.join("\n", lines);
  }

  private static String storage(Health.Storage s) {
    String text = "storage " + (s.reachable() ? "answers" : "does not answer");
    String last = s.lastAnswer() == null ? ", has never answered" : ", answered " + s.lastAnswer();
    return text
        + (s.reachable() ? "" : last)
        + (s.failure() == null ? "" : ", failed " + s.lastFailure() + ": " + s.failure());
  }

  private static String permits(Health.Permits p) {
    return p.inUse() + "/" + p.total();
  }

  private static String name(Health.UnknownName n) {
    return n.kind().name().toLowerCase(Locale.ROOT)
        + " '"
        + n.name()
        + "', asked for "
        + n.count()
        + " times since "
        + n.since();
  }

  private static <T> void list(
      List<String> lines, String title, List<T> all, Function<T, String> text) {
    if (all.isEmpty()) {
      return;
    }
    lines.add(title + ": " + all.size());
    all.stream().limit(LISTED).forEach(t -> lines.add("  " + text.apply(t)));
    if (all.size() > LISTED) {
      lines.add("  and " + (all.size() - LISTED) + " more");
    }
  }
}
