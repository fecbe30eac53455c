package io.durable4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.data.DurableException;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No account is called here: a backend calls nothing before its hub is created. */
class SampleBackendTest {
  private static final String ACCOUNT =
      "DefaultEndpointsProtocol=https;AccountName=none;AccountKey=bm9uZQ==;"
          + "EndpointSuffix=core.windows.net";

  private static Backend open(Map<String, String> environment, String... line) {
    SampleArgs args = SampleArgs.parse(line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE));
    return SampleBackend.open(args, environment);
  }

  @Test
  void staysInMemoryWhereNothingIsSaid() {
    try (Backend backend = open(Map.of())) {
      assertThat(backend).isInstanceOf(InMemoryBackend.class);
    }
    try (Backend backend = open(Map.of(SampleBackend.VARIABLE, " "))) {
      assertThat(backend).isInstanceOf(InMemoryBackend.class);
    }
  }

  @Test
  void goesToAzureByTheOptionOrTheEnvironment() {
    try (Backend backend = open(Map.of(), "--azure", ACCOUNT)) {
      assertThat(backend).isInstanceOf(AzureStorageBackend.class);
    }
    try (Backend backend = open(Map.of(SampleBackend.VARIABLE, ACCOUNT))) {
      assertThat(backend).isInstanceOf(AzureStorageBackend.class);
    }
  }

  @Test
  void theCommandLineGoesBeforeTheEnvironment(@TempDir Path dir) {
    String journal = dir.resolve("journal").toString();
    try (Backend backend = open(Map.of(SampleBackend.VARIABLE, ACCOUNT), "--journal", journal)) {
      assertThat(backend).isInstanceOf(InMemoryBackend.class);
    }
    try (Backend backend = open(Map.of(SampleBackend.VARIABLE, "no account"), "--azure", ACCOUNT)) {
      assertThat(backend).isInstanceOf(AzureStorageBackend.class);
    }
  }

  @Test
  void refusesBothOptionsAndWhatIsNoAccount(@TempDir Path dir) {
    assertThatThrownBy(() -> open(Map.of(), "--journal", dir.toString(), "--azure", ACCOUNT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Give --journal or --azure, not both");
    assertThatThrownBy(() -> open(Map.of(SampleBackend.VARIABLE, "hunter2")))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("connection string")
        .hasMessageNotContaining("hunter2");
  }
}
