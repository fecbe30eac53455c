package io.durable4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Stored messages are known by these ids, so their derivation never changes. */
class MessageIdTest {
  private static MessageId id(String uuid) {
    return new MessageId(UUID.fromString(uuid));
  }

  @Test
  void derived_ids_are_what_they_were() {
    MessageId task = MessageId.derived("e1", 3, "task", "Shop.buy", "", null);
    assertThat(MessageId.derived()).isEqualTo(id("8c6b25b5-a4f3-501e-8e4e-78ec918ea070"));
    assertThat(MessageId.derived("start", "0001"))
        .isEqualTo(id("960cff8b-abd2-521b-8866-34bb09284d57"));
    assertThat(task).isEqualTo(id("eb2d26fe-92bc-5d68-a02c-c684505e98a9"));
    assertThat(task.answer()).isEqualTo(id("1bc0728f-13ac-52cc-b8a7-b2d5674e95c0"));
    assertThat(MessageId.derived("é", "")).isEqualTo(id("73192e39-4a83-5d8c-af2e-43f751c6c52e"));
    assertThat(MessageId.derived("x".repeat(300), "aé".repeat(300), null, "b"))
        .isEqualTo(id("25ce4f10-050e-5ebd-a0c6-aa94a5011c8b"));
  }

  @Test
  void different_facts_give_different_ids() {
    List<MessageId> ids = new ArrayList<>();
    ids.add(MessageId.derived());
    ids.add(MessageId.derived((Object) null));
    ids.add(MessageId.derived(""));
    ids.add(MessageId.derived("", ""));
    ids.add(MessageId.derived("", null));
    ids.add(MessageId.derived(null, ""));
    ids.add(MessageId.derived("ab", "c"));
    ids.add(MessageId.derived("a", "bc"));
    ids.add(MessageId.derived("abc"));
    ids.add(MessageId.derived("c", "ab"));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void derived_ids_are_uuids_of_version_5() {
    for (int i = 0; i < 200; i++) {
      UUID uuid = MessageId.derived(i).value();
      assertThat(uuid.version()).isEqualTo(5);
      assertThat(uuid.variant()).isEqualTo(2);
    }
  }

  @Test
  void a_uuid_is_the_same_fact_as_its_text() {
    for (long bits : new long[] {0, 1, -1, 0x8000_0000_0000_0000L, 0x0123_4567_89AB_CDEFL}) {
      UUID fact = new UUID(bits, Long.reverse(bits));
      assertThat(MessageId.derived("answer", fact))
          .isEqualTo(MessageId.derived("answer", fact.toString()));
    }
  }
}
