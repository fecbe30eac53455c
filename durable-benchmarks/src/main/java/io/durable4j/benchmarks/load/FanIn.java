package io.durable4j.benchmarks.load;

import io.durable4j.host.DurableHost;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way from the end of the last of many activities to the result of their orchestration. An
 * operation is one such way, with whatever results had not been taken in by then.
 */
final class FanIn implements Load {
  private final int width;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicReference<@Nullable Meter> meter = new AtomicReference<>();
  private final AtomicReference<@Nullable Usage> lastEnd = new AtomicReference<>();

  FanIn(int width) {
    this.width = width;
  }

  @Override
  public void register(DurableHost.Builder host) {
    host.orchestrator(FanOut.REF, FanOut::fanOut).activity(FanOut.ONE, this::one);
  }

  @Override
  public Round run(Rig rig) {
    meter.set(rig.meter());
    running.set(width);
    Load.check(width, rig.client().schedule(FanOut.REF, width).result(Rig.PATIENCE));
    Usage usage = rig.meter().since(Objects.requireNonNull(lastEnd.get()));
    return new Round(1, usage, new long[] {usage.nanos()});
  }

  private Integer one(Integer n) {
    if (running.decrementAndGet() == 0) {
      lastEnd.set(Objects.requireNonNull(meter.get()).now());
    }
    return 1;
  }
}
