package io.durable4j.samples.azure;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import java.time.Duration;
import java.util.Set;

/** A worker with its hub in an Azure storage account: the smallest that does something. */
public final class FirstHost {
  private static final OrchestratorRef<String, String> HELLO =
      OrchestratorRef.of("Hello", String.class, String.class);

  private FirstHost() {}

  /**
   * Runs the sample.
   *
   * @param line {@code --azure CONNECTION_STRING}; without it the environment variable {@code
   *     DURABLE_AZURE}
   */
  public static void main(String[] line) {
    String given = System.getenv().getOrDefault(SampleBackend.VARIABLE, "");
    SampleArgs args = SampleArgs.parse(line, Set.of(SampleBackend.AZURE));
    System.out.println(run(args.text(SampleBackend.AZURE, given)));
  }

  private static String run(String connectionString) {
    try (var backend = AzureStorageBackend.create(connectionString);
        var host =
            DurableHost.on(backend)
                .set(Setting.HUB_NAME, "Shop")
                .orchestrator(HELLO, (ctx, name) -> "Hello " + name + "!")
                .start()) {
      return host.client().schedule(HELLO, "Ada").result(Duration.ofMinutes(1));
    }
  }
}
