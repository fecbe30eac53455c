package io.durable4j.samples;

import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.nio.file.Path;
import java.util.Map;

/** Chooses where a sample stores its state. */
public final class SampleBackend {
  /** The option that names a journal's directory. */
  public static final String JOURNAL = "journal";

  /** The option that gives the connection string of an Azure storage account. */
  public static final String AZURE = "azure";

  /** The environment variable that gives it, for who would not show a key to other processes. */
  public static final String VARIABLE = "DURABLE_AZURE";

  private SampleBackend() {}

  /**
   * Opens memory; with {@code --journal DIR} memory with a journal on disk; with {@code --azure
   * CONNECTION_STRING}, or the environment variable {@code DURABLE_AZURE}, an Azure storage
   * account, which is not called yet. What the command line says goes before the environment.
   *
   * @param args the command line
   * @return the backend; the caller closes it
   * @throws IllegalArgumentException when both options are given
   * @throws io.durable4j.data.DurableException when it is no connection string
   */
  public static Backend open(SampleArgs args) {
    return open(args, System.getenv());
  }

  static Backend open(SampleArgs args, Map<String, String> environment) {
    Path journal = args.path(JOURNAL);
    String azure = args.options().get(AZURE);
    if (journal != null && azure != null) {
      throw new IllegalArgumentException("Give --" + JOURNAL + " or --" + AZURE + ", not both");
    }
    if (journal != null) {
      return InMemoryBackend.journaled(journal);
    }
    String connection = azure == null ? environment.getOrDefault(VARIABLE, "") : azure;
    return connection.isBlank() ? InMemoryBackend.create() : AzureStorageBackend.create(connection);
  }
}
