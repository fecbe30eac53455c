package io.durable4j.azurestorage.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.durable4j.data.Payload;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.message.Codec;
import org.jspecify.annotations.Nullable;

/**
 * An instance's state as a text without its payloads, which stand elsewhere: in columns of their
 * own, or in the history. An empty payload marks one that there is.
 */
public final class StateText {
  private static final Payload MARK = new Payload("");

  private StateText() {}

  /**
   * A state for the sentinel: without input and output, which the history holds.
   *
   * @param s the state
   * @return its text
   */
  public static String withoutPayloads(InstanceState s) {
    return withoutPayloads(s, true, true);
  }

  /**
   * A state for the sentinel: without what the history holds.
   *
   * @param s the state
   * @param input whether the history tells its input
   * @param output whether the history tells its output
   * @return its text
   */
  public static String withoutPayloads(InstanceState s, boolean input, boolean output) {
    InstanceState bare = bare(text(s, s.progress().customStatus()));
    InstanceState kept =
        with(
            bare,
            input ? bare.start().input() : s.start().input(),
            output ? bare.progress().output() : s.progress().output(),
            s.progress().customStatus());
    return new String(Codec.encode(kept), UTF_8);
  }

  /**
   * Whether a text has an input, and leaves it to the history to tell which.
   *
   * @param text the text
   * @return whether it does
   */
  public static boolean leavesInput(String text) {
    return MARK.equals(bare(text).start().input());
  }

  /** A state for the instance's own row: without the custom status too. */
  static String bare(InstanceState s) {
    return text(s, mark(s.progress().customStatus()));
  }

  private static String text(InstanceState s, @Nullable Payload customStatus) {
    Progress p = s.progress();
    // beside a failure, neither column nor history has room for an output
    Payload output = p.failure() == null ? mark(p.output()) : p.output();
    InstanceState stripped = with(s, mark(s.start().input()), output, customStatus);
    return new String(Codec.encode(stripped), UTF_8);
  }

  /**
   * The state of a text, with payloads from elsewhere where it had some.
   *
   * @param text the text
   * @param input the input that the history tells
   * @param output the output that the history tells
   * @return the state
   * @throws io.durable4j.data.DurableException when it does not read
   */
  public static InstanceState read(String text, @Nullable Payload input, @Nullable Payload output) {
    InstanceState s = bare(text);
    return with(
        s,
        MARK.equals(s.start().input()) ? input : s.start().input(),
        MARK.equals(s.progress().output()) ? outputOf(s, output) : s.progress().output(),
        s.progress().customStatus());
  }

  /** The output of a bare state, where the column or the history tells one. */
  static @Nullable Payload outputOf(InstanceState bare, @Nullable Payload told) {
    Progress p = bare.progress();
    return p.failure() != null || p.output() == null ? p.output() : told;
  }

  /** The state of a text, with marks where it had payloads. */
  static InstanceState bare(String text) {
    return Codec.state(text.getBytes(UTF_8));
  }

  static InstanceState with(
      InstanceState s,
      @Nullable Payload input,
      @Nullable Payload output,
      @Nullable Payload customStatus) {
    Progress p = s.progress();
    return new InstanceState(
        s.id(),
        s.execution(),
        withInput(s.start(), input),
        new Progress(
            p.status(),
            p.updatedAt(),
            p.completedAt(),
            output,
            p.failure(),
            customStatus,
            p.awaitedEvents(),
            p.parked()),
        s.consumed());
  }

  @SuppressWarnings("NullAway") // it does not see that a parent may be null
  static Start withInput(Start s, @Nullable Payload input) {
    return new Start(
        s.name(),
        s.version(),
        input,
        s.tags(),
        s.parent(),
        s.createdAt(),
        s.scheduledFor(),
        s.generation());
  }

  private static @Nullable Payload mark(@Nullable Payload payload) {
    return payload == null ? null : MARK;
  }
}
