package io.durable4j.samples;

import io.durable4j.inmemory.InMemoryBackend;
import io.durable4j.spi.Backend;
import java.nio.file.Path;

/** Chooses where a sample stores its state. */
public final class SampleBackend {
  /** The option that names a journal's directory. */
  public static final String JOURNAL = "journal";

  private SampleBackend() {}

  /**
   * Opens memory, or with {@code --journal DIR} memory with a journal on disk.
   *
   * @param args the command line
   * @return the backend; the caller closes it
   */
  public static Backend open(SampleArgs args) {
    Path journal = args.path(JOURNAL);
    return journal == null ? InMemoryBackend.create() : InMemoryBackend.journaled(journal);
  }
}
