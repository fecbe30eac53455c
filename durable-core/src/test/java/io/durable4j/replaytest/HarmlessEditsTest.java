package io.durable4j.replaytest;

import static io.durable4j.replaytest.TwelveEditsTest.APPROVAL;
import static io.durable4j.replaytest.TwelveEditsTest.CHARGE;
import static io.durable4j.replaytest.TwelveEditsTest.PAUSE;
import static io.durable4j.replaytest.TwelveEditsTest.THRICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.activity.Name;
import io.durable4j.history.HistoryEvent;
import io.durable4j.internal.replay.EpisodeResult;
import io.durable4j.internal.replay.EpisodeResult.Blocked;
import io.durable4j.internal.replay.EpisodeResult.Finished;
import io.durable4j.orchestration.CallOptions;
import io.durable4j.replaytest.TwelveEditsTest.Shop;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Code that still fits the recorded history. */
class HarmlessEditsTest {
  @Name("Shop")
  interface RenamedShop {
    @Name(value = "Shop.quote", aliases = "Shop.price")
    int quote(String item, int count);

    String reserve(String item);

    void ship(String item);
  }

  private final EpisodeDriver recorded = TwelveEditsTest.record();

  @Test
  void unedited_code_replays_at_every_episode() {
    for (int i = 0; i < recorded.episodes(); i++) {
      EpisodeResult again = recorded.rerun(i);
      assertThat(again.end()).isNotInstanceOf(Blocked.class);
      assertThat(recorded.episodeEvents(i)).containsAll(again.actions());
      long actions =
          recorded.episodeEvents(i).stream()
              .map(HistoryEvent::body)
              .filter(b -> b.isAction())
              .count();
      assertThat(again.actions().stream().filter(e -> e.body().isAction())).hasSize((int) actions);
      assertThat(again.warnings()).isEmpty();
    }
    assertThat(recorded.replay(String.class, String.class, TwelveEditsTest::original).end())
        .isInstanceOf(Finished.class);
  }

  @Test
  void harmless_edits_pass() {
    EpisodeResult result =
        recorded.replay(
            String.class,
            String.class,
            (ctx, item) -> {
              ctx.logger(getClass()).info("begins with {}", item);
              RenamedShop shop = ctx.activities(RenamedShop.class);
              int price = IntStream.of(shop.quote(item, 2)).sum();
              ctx.setCustomStatus("paying");
              ctx.callActivity(CHARGE, price).await();
              ctx.newUuid();
              ctx.createTimer(PAUSE).await();
              String who = ctx.waitForExternalEvent(APPROVAL).await();
              String note = ctx.step("note", String.class, () -> "never run again");
              String place =
                  ctx.activities(RenamedShop.class, CallOptions.retry(THRICE)).reserve(item);
              shop.ship(item);
              return place + " by " + who + note.substring(note.length());
            });
    assertThat(result.end()).isInstanceOf(Finished.class);
    assertThat(result.warnings()).isEmpty();
  }

  @Test
  void soft_differences_only_warn_where_the_rules_are_not_strict() {
    recorded.lenient();
    EpisodeResult result =
        recorded.replay(
            String.class,
            String.class,
            (ctx, item) -> {
              ctx.activities(Shop.class).price(item, 3);
              return ctx.waitForExternalEvent(APPROVAL).await();
            });
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .contains("input of step 0", "[\"tea\",2]", "[\"tea\",3]");
  }
}
