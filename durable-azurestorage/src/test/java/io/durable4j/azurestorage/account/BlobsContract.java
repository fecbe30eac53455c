package io.durable4j.azurestorage.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.azurestorage.account.AccountException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the blobs of every account do. */
public abstract class BlobsContract {
  private static final Duration LEAST = Duration.ofSeconds(15);
  private static final UUID A = new UUID(1, 1);
  private static final UUID B = new UUID(2, 2);

  private Blobs blobs;
  private String container;

  /** The account; a test makes resources of names of its own. */
  protected abstract Account account();

  /** How time goes on. */
  protected abstract Waiting waiting();

  /** A name that no other test has: a letter, then letters and digits, all lower case. */
  protected abstract String name();

  @BeforeEach
  void createContainer() {
    blobs = account().blobs();
    container = name();
    blobs.create(container);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private Blobs.Blob blob(String name) {
    return Objects.requireNonNull(blobs.get(container, name), name);
  }

  private void refusedAsMissing(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AccountException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISSING))
        .hasMessageContaining(container);
  }

  @Test
  void aContainerIsCreatedAndDeletedOnce() {
    String other = name();
    assertThat(blobs.create(other)).isTrue();
    assertThat(blobs.create(other)).isFalse();
    assertThat(blobs.delete(other)).isTrue();
    assertThat(blobs.delete(other)).isFalse();
  }

  @Test
  void aMissingContainerHoldsNothingAndTakesNothing() {
    container = name();
    refusedAsMissing(() -> blobs.put(container, "x", bytes("x")));
    refusedAsMissing(() -> blobs.put(container, "x", bytes("x"), null));
    assertThat(blobs.get(container, "x")).isNull();
    assertThat(blobs.delete(container, "x")).isFalse();
    assertThat(blobs.list(container, "", null)).isEqualTo(new Blobs.Page(List.of(), null));
    refusedAsMissing(() -> blobs.lease(container, A, LEAST));
  }

  @Test
  void aBlobIsWrittenReadAndDeleted() {
    assertThat(blobs.get(container, "a")).isNull();
    blobs.put(container, "a", bytes("one"));
    Blobs.Blob one = blob("a");
    assertThat(one.bytes()).isEqualTo(bytes("one"));
    blobs.put(container, "a", bytes("two"));
    assertThat(blob("a").bytes()).isEqualTo(bytes("two"));
    assertThat(blob("a").etag()).isNotEqualTo(one.etag());
    assertThat(blobs.delete(container, "a")).isTrue();
    assertThat(blobs.delete(container, "a")).isFalse();
    assertThat(blobs.get(container, "a")).isNull();
  }

  @Test
  void aBlobMayBeEmptyOrLarge() {
    blobs.put(container, "empty", new byte[0]);
    assertThat(blob("empty").bytes()).isEmpty();
    byte[] large = new byte[5 << 20];
    new Random(5).nextBytes(large);
    blobs.put(container, "large", large);
    assertThat(blob("large").bytes()).isEqualTo(large);
  }

  @Test
  void namesMayHoldWhatIdsHold() {
    for (String name :
        List.of(
            "a/b/history-Result-1.json.gz",
            "a b|c:d/x",
            "50% + 'x' & (y)/x",
            "@counter@key^1/x",
            "\u00e4\u20ac\ud83d\ude00/x",
            "a#b?c/x")) {
      blobs.put(container, name, bytes(name));
      assertThat(blob(name).bytes()).isEqualTo(bytes(name));
      assertThat(blobs.list(container, name, null).names()).containsExactly(name);
      assertThat(blobs.delete(container, name)).isTrue();
    }
  }

  @Test
  void aConditionHoldsOrNothingIsWritten() {
    assertThat(blobs.put(container, "c", bytes("1"), null)).isTrue();
    assertThat(blobs.put(container, "c", bytes("2"), null)).isFalse();
    String first = blob("c").etag();
    assertThat(blobs.put(container, "c", bytes("3"), first)).isTrue();
    assertThat(blobs.put(container, "c", bytes("4"), first)).isFalse();
    assertThat(blob("c").bytes()).isEqualTo(bytes("3"));
    String third = blob("c").etag();
    blobs.delete(container, "c");
    assertThat(blobs.put(container, "c", bytes("5"), third)).isFalse();
    assertThat(blobs.get(container, "c")).isNull();
  }

  @Test
  void blobsAreListedByPrefixInOrder() {
    for (String name : List.of("b/2", "a/1", "ab", "a/", "a/2", "A/1", "a")) {
      blobs.put(container, name, bytes(name));
    }
    assertThat(all("a/")).containsExactly("a/", "a/1", "a/2");
    assertThat(all("")).containsExactly("A/1", "a", "a/", "a/1", "a/2", "ab", "b/2");
    assertThat(all("nothing")).isEmpty();
  }

  private List<String> all(String prefix) {
    List<String> names = new ArrayList<>();
    @Nullable String token = null;
    do {
      Blobs.Page page = blobs.list(container, prefix, token);
      names.addAll(page.names());
      token = page.next();
    } while (token != null);
    return names;
  }

  @Test
  void theAddressNamesTheContainer() {
    assertThat(blobs.url(container))
        .matches("https?://.*[^/]")
        .endsWith("/" + container)
        .doesNotContain("?");
  }

  @Test
  void aLeaseIsOneOwners() {
    assertThat(blobs.lease(container, A, LEAST)).isTrue();
    assertThat(blobs.lease(container, A, LEAST)).isTrue();
    assertThat(blobs.lease(container, B, LEAST)).isFalse();
    assertThat(blobs.releaseLease(container, B)).isFalse();
    assertThat(blobs.releaseLease(container, A)).isTrue();
    assertThat(blobs.releaseLease(container, A)).isFalse();
    assertThat(blobs.lease(container, B, LEAST)).isTrue();
    assertThat(blobs.releaseLease(container, B)).isTrue();
  }

  @Test
  void aLeaseEndsWithItsTime() {
    assertThat(blobs.lease(container, A, LEAST)).isTrue();
    waiting().until("the lease is free", () -> blobs.lease(container, B, LEAST));
    assertThat(blobs.releaseLease(container, A)).isFalse();
    assertThat(blobs.releaseLease(container, B)).isTrue();
  }

  @Test
  void aLeaseMayBeMadeAnothers() {
    assertThat(blobs.changeLease(container, A, B)).isFalse();
    assertThat(blobs.lease(container, A, LEAST)).isTrue();
    assertThat(blobs.changeLease(container, A, B)).isTrue();
    assertThat(blobs.lease(container, A, LEAST)).isFalse();
    assertThat(blobs.lease(container, B, LEAST)).isTrue();
    assertThat(blobs.releaseLease(container, B)).isTrue();
  }

  @Test
  void timesOutOfRangeAreRefused() {
    for (int seconds : new int[] {14, 61}) {
      assertThatThrownBy(() -> blobs.lease(container, A, Duration.ofSeconds(seconds)))
          .isInstanceOfSatisfying(
              AccountException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    }
  }
}
