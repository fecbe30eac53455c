package io.durable4j.internal.replay;

import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An activity as recorded actions call it: one for all calls of the same name. */
final class RecordedCall {
  private String name;

  /** As the code called it last. */
  private @Nullable ActivityCall<?> last;

  RecordedCall(String name) {
    this.name = name;
  }

  /** Whether the code means this activity; {@code aliases} are its former names. */
  boolean fits(String produced, List<String> aliases) {
    return Determinism.sameName(name, produced, aliases);
  }

  /** What the code calls, which is nearly always the same in the same form. */
  @SuppressWarnings("unchecked") // the type says what is read
  <V extends @Nullable Object> ActivityCall<V> as(
      String produced, Type result, List<Class<? extends Exception>> declared) {
    ActivityCall<?> known = last;
    if (known == null || !known.is(produced, result, declared)) {
      known = new ActivityCall<V>(produced, result, declared);
      last = known;
      // the same text, which a comparison sees at once
      name = name.equals(produced) ? produced : name;
    }
    return (ActivityCall<V>) known;
  }
}
