package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.data.DurableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Texts as the bytes of blobs: UTF-8, compressed. */
public final class Gzip {
  private Gzip() {}

  /**
   * Compresses a text.
   *
   * @param text the text
   * @return the bytes of the blob
   */
  public static byte[] compress(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new DurableException("Cannot compress: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /**
   * The text of a blob.
   *
   * @param bytes the bytes of the blob
   * @return the text
   * @throws DurableException when the bytes are no compressed text
   */
  public static String decompress(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new DurableException("Damaged blob: " + e.getMessage(), e);
    }
  }
}
