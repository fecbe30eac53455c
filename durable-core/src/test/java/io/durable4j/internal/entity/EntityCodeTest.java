package io.durable4j.internal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durable4j.activity.Name;
import io.durable4j.data.DurableException;
import io.durable4j.data.JacksonDataConverter;
import io.durable4j.data.Payload;
import io.durable4j.data.PayloadException;
import io.durable4j.data.TypeRef;
import io.durable4j.entity.Entity;
import io.durable4j.entity.EntityOperations;
import io.durable4j.orchestration.EntityId.InvalidEntityIdException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class EntityCodeTest {
  private static final JacksonDataConverter CONVERTER = JacksonDataConverter.create();

  interface Counter {
    void add(int amount);

    @Name(value = "Value", aliases = "get")
    int value();

    default void twice(int amount) {
      add(amount);
      add(amount);
    }
  }

  static class Counts extends Entity<Integer> implements Counter {
    @Override
    protected Integer initialState() {
      return 0;
    }

    @Override
    public void add(int amount) {
      state += amount;
    }

    @Override
    public int value() {
      return state;
    }
  }

  abstract static class Lists<E> extends Entity<List<E>> {
    @Override
    protected List<E> initialState() {
      return new ArrayList<>();
    }
  }

  interface Names {
    void put(String name);
  }

  static final class NameList extends Lists<String> implements Names {
    @Override
    public void put(String name) {
      state.add(name);
    }
  }

  static class Open<E> extends Lists<E> implements Names {
    @Override
    public void put(String name) {}
  }

  @SuppressWarnings("rawtypes")
  static final class Raw extends Entity implements Names {
    @Override
    protected Object initialState() {
      return "";
    }

    @Override
    public void put(String name) {}
  }

  static final class NoEntity implements Names {
    @Override
    public void put(String name) {}
  }

  interface Twins {
    void add(int amount);

    @Name("ADD")
    void increase(int amount);
  }

  interface Former {
    void add(int amount);

    @Name(value = "increase", aliases = "add")
    void increase(int amount);
  }

  interface Overloaded {
    void add(int amount);

    void add(String amount);
  }

  private static void refused(Class<?> contract, Supplier<?> fresh, String... words) {
    assertThatThrownBy(() -> ofAny(contract, fresh))
        .isInstanceOf(DurableException.class)
        .hasMessageContainingAll(words);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static EntityCode ofAny(Class contract, Supplier fresh) {
    return EntityCode.ofContract(contract, fresh);
  }

  @Test
  void aContractNamesEntityAndOperations() {
    EntityCode code = EntityCode.ofContract(Counter.class, Counts::new);
    assertThat(code.name()).isEqualTo("counter");
    assertThat(code.state()).isEqualTo(Integer.class);
    assertThat(code.operations()).containsExactly("Value", "add");
    assertThat(code.has("ADD")).isTrue();
    assertThat(code.has("value")).isTrue();
    assertThat(code.has("get")).as("a former name").isTrue();
    assertThat(code.has("twice")).as("a default method").isFalse();
    assertThat(code.has("Counter.add")).isFalse();
    assertThat(code.has("delete")).isFalse();
  }

  @Test
  void theStateIsFoundThroughAllSuperclasses() {
    Type names = new TypeRef<List<String>>() {}.type();
    assertThat(EntityCode.ofContract(Names.class, NameList::new).state().getTypeName())
        .isEqualTo(names.getTypeName());
    assertThat(EntityCode.ofContract(Counter.class, () -> new Counts() {}).state())
        .isEqualTo(Integer.class);
    assertThat(EntityCode.ofContract(Names.class, () -> new Open<Long>() {}).state().getTypeName())
        .isEqualTo("java.util.List<java.lang.Long>");
  }

  @Test
  void anObjectWhoseStateIsOpenIsRefused() {
    refused(Names.class, Open::new, "Open", "leaves open what its state is");
    refused(Names.class, Raw::new, "Raw", "leaves open what its state is");
  }

  @Test
  void anObjectThatIsNoEntityIsRefused() {
    refused(Names.class, NoEntity::new, "NoEntity", "does not extend", "Entity");
    refused(Names.class, Counts::new, "Counts", "does not implement", "Names");
    refused(Names.class, () -> null, "gave null", "Names");
  }

  @Test
  void aSupplierThatThrowsIsTold() {
    IllegalStateException why = new IllegalStateException("no database");
    assertThatThrownBy(
            () ->
                EntityCode.ofContract(
                    Names.class,
                    () -> {
                      throw why;
                    }))
        .isInstanceOf(DurableException.class)
        .hasMessageContainingAll("The supplier of entity", "Names", "no database")
        .hasCause(why);
  }

  @Test
  void aContractThatIsNoneIsRefused() {
    refused(Counts.class, Counts::new, "Counts", "is not an interface");
    refused(java.io.Serializable.class, Object::new, "no methods");
    refused(Overloaded.class, Object::new, "@Name");
    refused(Twins.class, Object::new, "'ADD'", "(ignoring case)");
    refused(Former.class, Object::new, "'add'", "(ignoring case)");
  }

  @Test
  void lambdasNameTheirOperations() {
    EntityCode code =
        EntityCode.ofOperations(
            "Counter", TypeRef.of(Integer.class), o -> o.on("add", c -> null).on("Get", c -> null));
    assertThat(code.name()).isEqualTo("counter");
    assertThat(code.state()).isEqualTo(Integer.class);
    assertThat(code.operations()).containsExactly("add", "Get");
    assertThat(code.has("get")).isTrue();
    assertThat(code.has("delete")).isFalse();
  }

  @Test
  void lambdasWithoutOrWithDoubleNamesAreRefused() {
    TypeRef<Integer> state = TypeRef.of(Integer.class);
    assertThatThrownBy(() -> EntityCode.ofOperations("a@b", state, o -> o.on("x", c -> null)))
        .isInstanceOf(InvalidEntityIdException.class);
    assertThatThrownBy(() -> EntityCode.ofOperations("c", state, o -> {}))
        .hasMessage("Entity 'c' was registered without operations");
    assertThatThrownBy(() -> EntityCode.ofOperations("c", state, o -> o.on(" ", c -> null)))
        .hasMessage("An operation of entity 'c' has no name");
    assertThatThrownBy(
            () ->
                EntityCode.ofOperations(
                    "c", state, o -> o.on("add", c -> null).on("Add", c -> null)))
        .hasMessageContainingAll("Two operations of entity 'c'", "'Add'");
    List<EntityOperations<Integer>> kept = new ArrayList<>();
    EntityCode.ofOperations(
        "c",
        state,
        o -> {
          o.on("add", c -> null);
          kept.add(o);
        });
    assertThatThrownBy(() -> kept.get(0).on("late", c -> null))
        .hasMessageContaining("while it is registered");
  }

  @Test
  void theInputOfAnOperationIsItsBareArgumentOrAllOfThem() {
    assertThat(EntityArguments.encode(CONVERTER, List.of())).isNull();
    assertThat(EntityArguments.encode(CONVERTER, List.of(5))).isEqualTo(new Payload("5"));
    assertThat(EntityArguments.encode(CONVERTER, Arrays.asList((Object) null))).isNull();
    assertThat(EntityArguments.encode(CONVERTER, Arrays.asList(5, "a", null)))
        .isEqualTo(new Payload("[5,\"a\",null]"));
    Payload all = new Payload("[5,\"a\"]");
    List<Type> two = List.of(int.class, String.class);
    assertThat(EntityArguments.decode(CONVERTER, all, two)).containsExactly(5, "a");
    assertThat(EntityArguments.decode(CONVERTER, new Payload("5"), List.of(Long.class)))
        .containsExactly(5L);
    assertThat(EntityArguments.decode(CONVERTER, null, List.of(Long.class)))
        .containsExactly((Object) null);
    assertThat(EntityArguments.decode(CONVERTER, new Payload("{"), List.of())).isEmpty();
  }

  @Test
  void argumentsThatDoNotFitAreRefused() {
    assertThatThrownBy(
            () -> EntityArguments.decode(CONVERTER, new Payload("\"x\""), List.of(int.class)))
        .isInstanceOf(PayloadException.class);
    assertThatThrownBy(() -> EntityArguments.decode(CONVERTER, null, List.of(int.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessage("Argument 1 is missing; it is a int");
    assertThatThrownBy(
            () ->
                EntityArguments.decode(
                    CONVERTER, new Payload("[1]"), List.of(int.class, long.class)))
        .hasMessage("Argument 2 is missing; it is a long");
  }

  @Test
  void oneCallOnAStubIsRecorded() {
    assertThat(EntityCall.recorded(Counter.class, c -> c.add(5)))
        .isEqualTo(new EntityCall("add", List.of(5)));
    assertThat(EntityCall.recorded(Counter.class, Counter::value))
        .isEqualTo(new EntityCall("Value", List.of()));
    assertThat(EntityCall.recorded(Names.class, n -> n.put(null)).arguments())
        .containsExactly((Object) null);
    assertThat(
            EntityCall.recorded(
                Counter.class,
                c -> {
                  assertThat(c).isEqualTo(c).hasToString("stub of " + Counter.class.getName());
                  assertThat(c.hashCode()).isEqualTo(c.hashCode());
                  c.add(1);
                }))
        .isNotNull();
  }

  @Test
  void noCallAndTwoCallsAreRefused() {
    assertThatThrownBy(() -> EntityCall.recorded(Counter.class, c -> {}))
        .isInstanceOf(DurableException.class)
        .hasMessageContaining("calls no operation");
    assertThatThrownBy(() -> EntityCall.recorded(Counter.class, c -> c.twice(1)))
        .isInstanceOf(DurableException.class)
        .hasMessageContainingAll("takes one call", "after 'add' came 'add'");
    assertThatThrownBy(() -> EntityCall.recorded(Object.class, Object::hashCode))
        .hasMessageContaining("names no contract");
    assertThatThrownBy(() -> EntityCall.recorded(String.class, String::length))
        .hasMessageContaining("is not an interface");
    List<Counter> kept = new ArrayList<>();
    EntityCall.recorded(
        Counter.class,
        c -> {
          c.add(1);
          kept.add(c);
        });
    assertThatThrownBy(() -> kept.get(0).add(2)).hasMessageContaining("of no use outside");
  }
}
