package io.durable4j.samples.backup;

import java.io.IOException;
import java.util.List;

/** What the backup does to the file system. Every method may run twice and does no harm then. */
public interface FileActivities {
  /**
   * Lists a directory with all that is below it, in an order that does not change. Devices, pipes
   * and sockets are left out.
   *
   * @param source the directory
   * @param skip names of directories that are left out, wherever they are
   * @return what is there
   * @throws IOException when it cannot be read
   */
  Listing list(String source, List<String> skip) throws IOException;

  /**
   * Creates directories where they are missing.
   *
   * @param target the directory to create them in; created too
   * @param directories relative paths, parents first
   * @throws IOException when one cannot be created
   */
  void makeDirectories(String target, List<String> directories) throws IOException;

  /**
   * Copies one file or symbolic link. The copy appears under its name only when it is complete.
   *
   * @param source the directory to copy from
   * @param target the directory to copy to
   * @param path the relative path
   * @return what was read from the source
   * @throws IOException when it cannot be read or written
   */
  Copied copy(String source, String target, String path) throws IOException;

  /**
   * Reads a copy back and compares its checksum.
   *
   * @param target the directory that was copied to
   * @param copied what the source held
   * @return the number of bytes of the copy
   * @throws IOException when it cannot be read
   */
  long verify(String target, Copied copied) throws IOException;

  /**
   * What a directory holds.
   *
   * @param directories relative paths of directories, parents first
   * @param files relative paths of files and symbolic links
   */
  record Listing(List<String> directories, List<String> files) {}

  /**
   * A file that was copied.
   *
   * @param path its relative path
   * @param sha256 the checksum of the source's bytes (of a link: of its text), as hex digits
   */
  record Copied(String path, String sha256) {}
}
