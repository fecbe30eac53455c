package io.durable4j.azurestorage.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.history.InstanceId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is forgotten first. */
class StandsTest {
  private static final int TEXT = 40;

  private final Stands stands = new Stands(3, 100);

  private static InstanceId id(int n) {
    return new InstanceId("i" + n);
  }

  private static Stand bare(int n) {
    return Stand.created(id(n), World.FIRST, Stand.Shown.NOTHING);
  }

  /** One that names a blob with a long name. */
  private static Stand large(int n) {
    Stand s = bare(n);
    return new Stand(
        s.id(),
        s.kind(),
        s.etag(),
        s.execution(),
        s.ended(),
        s.events(),
        s.rows(),
        s.episodes(),
        s.last(),
        s.mayReturn(),
        s.redo(),
        List.of("b".repeat(TEXT)),
        s.headBlobs(),
        s.shown());
  }

  private void assertKnown(int... wanted) {
    for (int n = 0; n < 10; n++) {
      int id = n;
      boolean known = Arrays.stream(wanted).anyMatch(w -> w == id);
      assertThat(stands.get(id(n)) != null).as("%s", id(n)).isEqualTo(known);
    }
  }

  @Test
  void theOneThatWasUsedLongestAgoGoesWhenThereAreTooMany() {
    for (int n = 0; n < 3; n++) {
      stands.put(bare(n));
    }
    stands.get(id(0));
    stands.put(bare(3));
    assertKnown(0, 2, 3);
  }

  @Test
  void asManyGoAsTheirTextsAreTooLong() {
    stands.put(large(0));
    stands.put(bare(1));
    stands.put(large(2));
    assertKnown(0, 1, 2);
    stands.put(large(1));
    assertKnown(1, 2);
  }

  @Test
  void whatIsReplacedOrForgottenTakesNoRoom() {
    for (int round = 0; round < 10; round++) {
      stands.put(large(0));
      stands.replace(large(0), large(0));
      stands.put(large(1));
      stands.forget(id(1));
    }
    stands.put(large(2));
    assertKnown(0, 2);
  }

  @Test
  void oneThatIsTooLargeByItselfIsNotKept() {
    Stands small = new Stands(3, TEXT - 1);
    small.put(large(0));
    assertThat(small.get(id(0))).isNull();
  }

  @Test
  void anotherIsNotPutInThePlaceOfWhatIsKnownBetter() {
    stands.put(large(0));
    stands.replace(bare(0), bare(0));
    assertThat(stands.get(id(0))).isEqualTo(large(0));
    stands.replace(bare(5), bare(5));
    assertThat(stands.get(id(5))).isNull();
  }
}
