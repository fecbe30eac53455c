package io.durable4j.samples.backup;

import io.durable4j.activity.NonRetriableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The activities on the local file system. Thread-safe. */
public final class LocalFiles implements FileActivities {
  @Override
  public Listing list(String source, List<String> skip) throws IOException {
    Path root = Path.of(source);
    List<String> directories = new ArrayList<>();
    List<String> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
            if (dir.equals(root)) {
              return FileVisitResult.CONTINUE;
            }
            if (skip.contains(dir.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            directories.add(relative(root, dir));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            if (a.isRegularFile() || a.isSymbolicLink()) {
              files.add(relative(root, file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(directories);
    Collections.sort(files);
    return new Listing(directories, files);
  }

  @Override
  public void makeDirectories(String target, List<String> directories) throws IOException {
    Files.createDirectories(Path.of(target));
    for (String directory : directories) {
      Files.createDirectories(Path.of(target, directory));
    }
  }

  @Override
  public Copied copy(String source, String target, String path) throws IOException {
    Path from = Path.of(source, path);
    Path to = Path.of(target, path);
    // The same name at every attempt, so that a crash in the middle leaves nothing behind.
    Path part = to.resolveSibling(".part-" + hex(sha256(path)).substring(0, 16));
    String checksum;
    if (Files.isSymbolicLink(from)) {
      Path text = Files.readSymbolicLink(from);
      checksum = hex(sha256(text.toString()));
      Files.deleteIfExists(part);
      Files.createSymbolicLink(part, text);
    } else {
      checksum = copyBytes(from, part);
    }
    Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new Copied(path, checksum);
  }

  @Override
  public long verify(String target, Copied copied) throws IOException {
    Path copy = Path.of(target, copied.path());
    MessageDigest digest = newSha256();
    long bytes = 0;
    if (Files.isSymbolicLink(copy)) {
      digest.update(Files.readSymbolicLink(copy).toString().getBytes(StandardCharsets.UTF_8));
    } else {
      try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        bytes = Files.copy(copy, sink);
      }
    }
    String found = hex(digest.digest());
    if (!found.equals(copied.sha256())) {
      throw new NonRetriableException(
          "The copy of " + copied.path() + " has checksum " + found + ", not " + copied.sha256());
    }
    return bytes;
  }

  private static String copyBytes(Path from, Path part) throws IOException {
    MessageDigest digest = newSha256();
    Files.deleteIfExists(part);
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
      in.transferTo(out);
    }
    // The journal will say that this file is copied, so its bytes must outlive the machine, too.
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.setLastModifiedTime(part, Files.getLastModifiedTime(from));
    if (Files.getFileAttributeView(part, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(from));
    }
    return hex(digest.digest());
  }

  private static String relative(Path root, Path path) {
    return root.relativize(path).toString();
  }

  private static byte[] sha256(String text) {
    return newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
