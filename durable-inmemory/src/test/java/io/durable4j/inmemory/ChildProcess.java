package io.durable4j.inmemory;

import io.durable4j.spi.HubException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A second Java process on a journal. */
final class ChildProcess {
  private ChildProcess() {}

  static Process start(String mode, Path directory) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath,
                ChildProcess.class.getName(),
                mode,
                directory.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * The child.
   *
   * @param args {@code hold} to open the journal and keep it until its input ends, or {@code write}
   *     to create instances and print the number of each once it is acknowledged; and the
   *     directory. It prints why when it cannot open
   */
  public static void main(String[] args) throws IOException {
    try (InMemoryBackend backend = InMemoryBackend.journaled(Path.of(args[1]))) {
      TestHub hub = TestHub.of(backend);
      System.out.println("open");
      if (args[0].equals("hold")) {
        System.in.read();
        return;
      }
      for (int i = 0; ; i++) {
        hub.create("i" + i, "e1");
        System.out.println(i);
      }
    } catch (HubException e) {
      System.out.println(e.reason());
    }
  }
}
