package io.durable4j.inmemory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** What the journal does to the disk. The tests' own kind lets a disk be full, slow or broken. */
interface DiskFiles {
  /** Creates a file, or empties an old one. */
  Appender create(Path file) throws IOException;

  /** Opens a file to go on at the given size; what lies beyond is cut. */
  Appender append(Path file, long size) throws IOException;

  /** Renames a file at once, over an old one if need be. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException;

  /** Makes the names in a directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /** A file that grows at its end. */
  interface Appender extends Closeable {
    /** Writes all bytes; when it throws, any part of them may be in the file. */
    void write(byte[] bytes) throws IOException;

    /**
     * Lets the file grow by so many zero bytes at a time, over which the writes go: then most
     * flushes have no new size to store, which costs about as much as the data. Closing cuts what
     * is left of them; after a crash they are the file's end.
     */
    void keepRoom(int bytes);

    /** Cuts the file. */
    void truncate(long size) throws IOException;

    /** Makes all bytes written so far durable. Other threads may write meanwhile. */
    void force() throws IOException;
  }
}
