package io.durable4j.inmemory.testing.crash;

import io.durable4j.history.DerivedIds;
import io.durable4j.history.EventBody.ExecutionStarted;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.internal.observe.QuietLogger;
import io.durable4j.internal.replay.CallSites;
import io.durable4j.internal.replay.EpisodeInput;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.Replay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Finds the line of each step by a replay of what the run without faults recorded. */
final class Places {
  private final Spy host;
  private final Map<String, String> found = new LinkedHashMap<>();

  private Places(Spy host) {
    this.host = host;
  }

  /** {@code File.java:line} by execution, slash, step. */
  static Map<String, String> of(List<Story.History> histories, Spy host) {
    Places places = new Places(host);
    histories.forEach(places::look);
    return places.found;
  }

  private void look(Story.History history) {
    String name = "";
    for (var e : history.events()) {
      name = e.body() instanceof ExecutionStarted s ? s.name() : name;
    }
    host.code(name).ifPresent(code -> replay(history, code));
  }

  private void replay(Story.History history, Replay.Code code) {
    EpisodeInput input =
        new EpisodeInput(
            new InstanceId(history.id()),
            new ExecutionId(history.execution()),
            history.events(),
            List.of(),
            new EpisodeInput.Rules(
                new DerivedIds(),
                host.converter(),
                null,
                Integer.MAX_VALUE,
                false,
                "",
                (type, quiet) -> QuietLogger.of(LoggerFactory.getLogger(type), () -> true)),
            null);
    int[] step = {0};
    EpisodeResult unused =
        Replay.run(
            input,
            code,
            () -> {
              List<StackTraceElement> frames = behindAnAction(new Throwable().getStackTrace());
              if (!frames.isEmpty()) {
                String place = CallSites.userFrame(frames.toArray(new StackTraceElement[0]));
                String key = history.execution() + "/" + step[0]++;
                if (place != null) {
                  found.put(key, place);
                }
              }
            });
  }

  /** The frames from the engine on when it tells of an action of the code; empty otherwise. */
  private static List<StackTraceElement> behindAnAction(StackTraceElement[] stack) {
    List<StackTraceElement> frames = List.of(stack);
    for (StackTraceElement f : frames) {
      if (f.getClassName().endsWith(".replay.Episode")) {
        return f.getMethodName().equals("act")
            ? frames.subList(frames.indexOf(f), frames.size())
            : List.of();
      }
    }
    return List.of();
  }
}
