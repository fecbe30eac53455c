package io.durable4j.azurestorage.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.data.DurableException;
import io.durable4j.fixtures.Covers;
import io.durable4j.history.EventBody.EventRaised;
import io.durable4j.history.InstanceId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobUrlsTest {
  private static final BlobUrls URLS = new BlobUrls("https://a.blob.core.windows.net/hub-large/");

  @ParameterizedTest
  @Covers("AZ-05")
  @CsvSource({
    "x/message-1.json.gz, x/message-1.json.gz",
    "a b|c:d/m.json.gz, a%20b%7Cc%3Ad/m.json.gz",
    "ü😀%/m+1.json.gz, %C3%BC%F0%9F%98%80%25/m%2B1.json.gz",
    "-._~!'()*/m.json.gz, -._~%21%27%28%29%2A/m.json.gz",
  })
  void eachPartOfThePathIsEscaped(String name, String path) {
    String url = "https://a.blob.core.windows.net/hub-large/" + path;
    assertThat(URLS.of(name)).isEqualTo(url);
    assertThat(URLS.nameOf(url)).isEqualTo(name);
  }

  @ParameterizedTest
  @Covers("AZ-06")
  @CsvSource({
    "http://h, p, http://h/p",
    "http://h/, p, http://h/p",
    "http://h, /p, http://h/p",
    "http://h/, /p, http://h/p",
    "http://h, '', http://h",
    "'', p, p",
  })
  void oneSlashStandsBetween(String base, String path, String both) {
    assertThat(BlobUrls.join(base, path)).isEqualTo(both);
  }

  @ParameterizedTest
  @CsvSource({
    "https://elsewhere.net/hub-large/x.json.gz",
    "https://a.blob.core.windows.net/hub-larger/x.json.gz",
    "https://a.blob.core.windows.net/hub-large/x.txt",
    "https://a.blob.core.windows.net/hub-large/a b.json.gz",
    "https://a.blob.core.windows.net/hub-large/%zz.json.gz",
    "urn:isbn:1",
  })
  void anythingElseIsNoBlob(String text) {
    assertThat(URLS.nameOf(text)).isNull();
  }

  @Test
  void blobsOfOtherInstancesAreNotOfItsRows() {
    List<InstanceId> ids =
        Stream.of("a", "a/b", "a^0b", "a#1", "a^21", "a/history-1", "a:1", "a/instance-2/c", "^")
            .map(InstanceId::new)
            .toList();
    for (InstanceId owner : ids) {
      String key = Keys.escape(owner.value());
      String history = BlobNames.history(key, "000000000000000F", "T", () -> "0123abcd", "Input");
      String row = BlobNames.instance(key, () -> "0123abcd", "Output");
      String message = BlobNames.message(owner, new UUID(1, 2), new EventRaised("e", null));
      for (InstanceId id : ids) {
        assertThat(BlobNames.isOfRows(history, id)).isEqualTo(id.equals(owner));
        assertThat(BlobNames.isOfRows(row, id)).isEqualTo(id.equals(owner));
        assertThat(BlobNames.isOfRows(message, id)).isFalse();
      }
      assertThat(history).startsWith(BlobNames.prefixOfRows(owner));
    }
  }

  @Test
  void textsComeBackFromBlobs() {
    String text = "größe 😀 ".repeat(10_000);
    assertThat(Gzip.decompress(Gzip.compress(text))).isEqualTo(text);
    assertThat(Gzip.compress(text)).hasSizeLessThan(1000);
    assertThatThrownBy(() -> Gzip.decompress(new byte[] {1, 2}))
        .isInstanceOf(DurableException.class);
  }
}
