package io.durable4j.benchmarks.load;

import io.durable4j.client.DurableClient;
import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.OrchestratorRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A host on empty storage, ready to work: every partition has run an instance.
 *
 * @param storage its storage
 * @param host the host
 * @param meter what is used
 * @param calls storage calls so far; stays 0 where they are not counted
 * @param clients how many threads start instances where many are started
 */
record Rig(Storage storage, DurableHost host, Meter meter, LongAdder calls, int clients)
    implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final OrchestratorRef<Integer, Integer> READY =
      OrchestratorRef.of("Ready", Integer.class, Integer.class);

  static Rig start(
      RunOptions options,
      Map<Setting, String> settings,
      Consumer<DurableHost.Builder> code,
      boolean counted) {
    LongAdder calls = new LongAdder();
    Storage fresh = Storage.fresh(options);
    Storage storage = counted ? fresh.by(new CallCount(fresh.backend(), calls)) : fresh;
    DurableHost host = start(storage, settings, code);
    return new Rig(storage, host, storage.meter(), calls, options.size().clients());
  }

  /** On storage that is there, and ends with it. */
  static Rig start(
      Storage storage,
      RunOptions options,
      Map<Setting, String> settings,
      Consumer<DurableHost.Builder> code) {
    LongAdder calls = new LongAdder();
    Storage counted = storage.by(new CallCount(storage.backend(), calls));
    DurableHost host = start(counted, settings, code);
    return new Rig(counted, host, storage.meter(), calls, options.size().clients());
  }

  /** Another host on storage that is there; it is ready, too. */
  static DurableHost start(
      Storage storage, Map<Setting, String> settings, Consumer<DurableHost.Builder> code) {
    DurableHost.Builder builder =
        DurableHost.on(storage.backend())
            .set(Setting.HUB_NAME, storage.hub())
            .orchestrator(READY, (ctx, n) -> n);
    settings.forEach(builder::set);
    code.accept(builder);
    DurableHost host = builder.start();
    List<InstanceHandle<Integer>> all = new ArrayList<>();
    for (int i = 0; i < storage.readied(); i++) {
      all.add(host.client().schedule(READY, i));
    }
    all.forEach(h -> h.result(PATIENCE));
    return host;
  }

  DurableClient client() {
    return host.client();
  }

  @Override
  public void close() {
    host.close();
    storage.close();
  }
}
