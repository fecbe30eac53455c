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
    /**
     * Makes sure that writes find room up to a size, by zeros ahead of them, and some more of these
     * than asked for. Then a full disk is known before anything is written, and most flushes have
     * no new size to store, which costs about as much as the data. Closing cuts what is left of the
     * zeros; after a crash they are the file's end. One thread reserves while others write; who
     * reserves at all does so before he writes.
     *
     * @param size up to where there is to be room
     * @throws IOException when there is none; what was reserved before stays
     */
    void reserve(long size) throws IOException;

    /**
     * Writes what the file holds from a place on once more, where it is. After a flush that failed
     * a system may show what is not on its disk, and hold it for flushed; what is written anew is
     * flushed anew. The bytes stay the same at any moment. Before anything else is written.
     *
     * @param from the place
     */
    void rewrite(long from) throws IOException;

    /**
     * Writes the first bytes of an array; when it throws, any part of them may be in the file. One
     * at a time.
     */
    void write(byte[] bytes, int length) throws IOException;

    /** Makes all bytes written so far durable. Other threads may write meanwhile. */
    void force() throws IOException;
  }
}
