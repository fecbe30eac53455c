package io.durable4j.inmemory.testing.history;

import io.durable4j.client.InstanceHandle;
import io.durable4j.data.DurableException;
import io.durable4j.history.RecordedHistory;
import io.durable4j.message.HistoryJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recorded history in a file: the {@link HistoryJson} of it, in UTF-8. */
public final class HistoryFile {
  private HistoryFile() {}

  /**
   * Reads a history.
   *
   * @param file the file
   * @return the history
   * @throws DurableException when there is no such file, or it holds no whole history that this
   *     version can read; the message names the file, and the line and column where there are any
   */
  public static RecordedHistory read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DurableException(
          "There is no history file "
              + file
              + "; write it with HistoryFile.write(file, instance), or from"
              + " InstanceHandle.historyJson()");
    }
    String json;
    try {
      json = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new DurableException("The history file " + file + " is not UTF-8: " + e, e);
    } catch (IOException e) {
      throw new DurableException("The history file " + file + " cannot be read: " + e, e);
    }
    try {
      return HistoryJson.read(json);
    } catch (DurableException e) {
      throw new DurableException("The history file " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes the history that an instance has now, in place of what the file held.
   *
   * @param file the file; its folder is made if need be
   * @param instance the instance, of a client of any backend
   * @throws DurableException when the instance has not begun, so that there is no history yet
   * @throws io.durable4j.client.InstanceNotFoundException when there is no such instance
   */
  public static void write(Path file, InstanceHandle<?> instance) {
    RecordedHistory history = instance.history();
    if (RecordedHistory.startOf(history.events()) == null) {
      throw new DurableException(
          "Instance " + instance.id() + " has not begun; it has no history to write yet");
    }
    write(file, history);
  }

  /**
   * Writes a history, in place of what the file held.
   *
   * @param file the file; its folder is made if need be
   * @param history the history
   */
  public static void write(Path file, RecordedHistory history) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, HistoryJson.write(history));
    } catch (IOException e) {
      throw new DurableException("The history file " + file + " cannot be written: " + e, e);
    }
  }
}
