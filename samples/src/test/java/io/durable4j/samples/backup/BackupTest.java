package io.durable4j.samples.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final int FILES = 20;
  private static final int LINKS = 2;

  @TempDir Path dir;

  @Test
  void copiesATreeAndReportsWhatIsOnDisk() throws IOException {
    Trees.make(dir.resolve("source"), FILES);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    boolean all = backup(out, "--history", dir.resolve("history.json").toString());

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Copied and verified 22 files in 4 directories, 62890 bytes.")
        .contains("The disk holds the same.");
    assertThat(all).isTrue();
    assertThat(Trees.read(dir.resolve("copy"))).isEqualTo(Trees.read(dir.resolve("source")));
    assertThat(dir.resolve("history.json")).content().contains("FileActivities.copy");
  }

  @Test
  void backsUpAgainWithTheSameJournal() throws IOException {
    Trees.make(dir.resolve("source"), 3);
    assertThat(backup(new ByteArrayOutputStream())).isTrue();
    Files.writeString(dir.resolve("source/file 0"), "changed");

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(backup(out)).isTrue();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("This process: 5 files");
    assertThat(dir.resolve("copy/file 0")).hasContent("changed");
  }

  @Test
  void goesOnAfterAKillWithoutRepeatingWhatWasRecorded() throws Exception {
    Trees.make(dir.resolve("source"), FILES);
    String keys = dir.resolve("keys").toString();
    String audit = dir.resolve("audit-2").toString();

    assertThat(fork(Backup.class, arguments("--kill-after-copy", "5"))).isEqualTo(128 + 9);
    assertThat(fork(AuditCheck.class, "committed", "--journal", journal(), "--keys", keys))
        .isZero();
    assertThat(fork(Backup.class, arguments("--audit", audit))).isZero();

    assertThat(Trees.read(dir.resolve("copy"))).isEqualTo(Trees.read(dir.resolve("source")));
    String steps = Integer.toString(2 + 2 * (FILES + LINKS));
    assertThat(
            fork(
                AuditCheck.class,
                "verify",
                "--journal",
                journal(),
                "--keys",
                keys,
                "--audit",
                audit,
                "--steps",
                steps))
        .isZero();
  }

  @Test
  void reportsAFileThatCannotBeCopied() throws IOException {
    Trees.make(dir.resolve("source"), 2);
    Files.createDirectories(dir.resolve("copy/file 0/in the way"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(backup(out)).isFalse();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("NOT COPIED  file 0: ");
  }

  private boolean backup(ByteArrayOutputStream out, String... more) throws IOException {
    BackupOptions options = BackupOptions.parse(arguments(more));
    return new Backup(options, new PrintStream(out, true, StandardCharsets.UTF_8)).run();
  }

  private String[] arguments(String... more) {
    List<String> all = new ArrayList<>();
    all.add(dir.resolve("source").toString());
    all.add(dir.resolve("copy").toString());
    all.addAll(List.of("--journal", journal(), "--max-in-flight", "4"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private String journal() {
    return dir.resolve("journal").toString();
  }

  private static int fork(Class<?> main, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
