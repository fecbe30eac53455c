package io.durable4j.samples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.durable4j.data.DurableException;
import io.durable4j.entity.EntityContext;
import io.durable4j.entity.EntityState;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The page's way to test an entity without an engine works. */
class EntitiesTest {
  private final List<String> done = new ArrayList<>();

  /** Notes the names of what is called. */
  private EntityContext noting() {
    return (EntityContext)
        Proxy.newProxyInstance(
            EntityContext.class.getClassLoader(),
            new Class<?>[] {EntityContext.class},
            (proxy, method, args) -> {
              done.add(method.getName());
              return null;
            });
  }

  @Test
  void runsAnOperationOnAGivenState() {
    assertThat(Entities.without(noting(), article -> 2)).isEqualTo(42);
    assertThat(done).containsExactly("signal");
  }

  @Test
  void seesThatItIsDeleted() {
    Entities.BasketEntity basket = new Entities.BasketEntity(article -> 2);
    EntityContext.runWith(
        noting(),
        () -> {
          EntityState.begin(basket, 40);
          basket.expire();
        });
    assertThat(EntityState.of(basket)).isNull();
    assertThat(done).containsExactly("key", "startOrchestrator");
  }

  @Test
  void refusesAContextOutsideOfAnOperation() {
    Assertions.assertThatThrownBy(EntityContext::current).isInstanceOf(DurableException.class);
  }
}
