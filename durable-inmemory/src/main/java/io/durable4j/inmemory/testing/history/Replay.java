package io.durable4j.inmemory.testing.history;

import io.durable4j.data.DataConverter;
import io.durable4j.data.DurableException;
import io.durable4j.history.RecordedHistory;
import io.durable4j.host.DurableHost;
import io.durable4j.inmemory.testing.history.ReplayReport.Entry;
import io.durable4j.inmemory.testing.history.ReplayReport.Outcome;
import io.durable4j.internal.verify.Served;
import io.durable4j.internal.verify.Verdict;
import io.durable4j.orchestration.Orchestrator;
import io.durable4j.orchestration.OrchestratorRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replays recorded histories against the code of today. It is the engine's own replay, from the
 * beginning, with every check it has: kind, number, name and target of each decision, and its
 * input, version and due time; at the end the result. No activity runs, and no time passes.
 * Immutable; orchestrators run on the calling thread.
 *
 * <p>{@code Replay.of(ORDER, OrderFlow::new).passes(Path.of("src/test/resources/order.json"))}
 */
public final class Replay {
  private static final String SUFFIX = ".json";

  private final List<Consumer<DurableHost.Builder>> setUps;

  private Replay(List<Consumer<DurableHost.Builder>> setUps) {
    this.setUps = List.copyOf(setUps);
  }

  /**
   * Replays histories of an orchestrator class.
   *
   * @param orchestrator its contract
   * @param fresh gives a fresh object for each replay
   * @param <I> the input
   * @param <O> the output
   * @return a replay
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Replay of(
      OrchestratorRef<I, O> orchestrator, Supplier<? extends Orchestrator<I, O>> fresh) {
    return of(h -> h.orchestrator(orchestrator, fresh));
  }

  /**
   * Replays histories of an orchestrator that has no state of its own, for example a lambda.
   *
   * @param orchestrator its contract
   * @param code the orchestrator
   * @param <I> the input
   * @param <O> the output
   * @return a replay
   */
  public static <I extends @Nullable Object, O extends @Nullable Object> Replay of(
      OrchestratorRef<I, O> orchestrator, Orchestrator<I, O> code) {
    return of(h -> h.orchestrator(orchestrator, code));
  }

  /**
   * Replays histories of all orchestrators of a host.
   *
   * @param setUp registers them as for a host: versions, the converter, interceptors and settings
   *     count, and what else is registered does no harm
   * @return a replay
   */
  public static Replay of(Consumer<DurableHost.Builder> setUp) {
    return new Replay(List.of(setUp));
  }

  /**
   * The same for a further orchestrator class.
   *
   * @param orchestrator its contract
   * @param fresh gives a fresh object for each replay
   * @param <I> the input
   * @param <O> the output
   * @return a replay
   */
  public <I extends @Nullable Object, O extends @Nullable Object> Replay and(
      OrchestratorRef<I, O> orchestrator, Supplier<? extends Orchestrator<I, O>> fresh) {
    return with(h -> h.orchestrator(orchestrator, fresh));
  }

  /**
   * The same for a further orchestrator that has no state of its own.
   *
   * @param orchestrator its contract
   * @param code the orchestrator
   * @param <I> the input
   * @param <O> the output
   * @return a replay
   */
  public <I extends @Nullable Object, O extends @Nullable Object> Replay and(
      OrchestratorRef<I, O> orchestrator, Orchestrator<I, O> code) {
    return with(h -> h.orchestrator(orchestrator, code));
  }

  /**
   * The same for the code of one version. A history is replayed against the code of its version;
   * where there is none, against the code without a version, but only if the name has no code with
   * one.
   *
   * @param orchestrator its contract
   * @param version the version, compared ignoring case
   * @param fresh gives a fresh object for each replay
   * @param <I> the input
   * @param <O> the output
   * @return a replay
   */
  public <I extends @Nullable Object, O extends @Nullable Object> Replay version(
      OrchestratorRef<I, O> orchestrator,
      String version,
      Supplier<? extends Orchestrator<I, O>> fresh) {
    return with(h -> h.orchestrator(orchestrator, version, fresh));
  }

  /**
   * The same with another converter of payloads.
   *
   * @param converter the one that the histories were recorded with, or one that writes the same
   * @return a replay
   */
  public Replay converter(DataConverter converter) {
    return with(h -> h.converter(converter));
  }

  private Replay with(Consumer<DurableHost.Builder> more) {
    List<Consumer<DurableHost.Builder>> all = new ArrayList<>(setUps);
    all.add(more);
    return new Replay(all);
  }

  /**
   * Fails unless the code fits all of the histories.
   *
   * @param fileOrFolder a history, or a folder with histories ({@code *.json}) in it and below
   * @throws AssertionError when the code does not fit one, or one cannot be read or is of another
   *     orchestrator; the message is the report on all of them
   */
  public void passes(Path fileOrFolder) {
    ReplayReport report = check(fileOrFolder);
    if (!report.passed()) {
      throw new AssertionError(report.toString());
    }
  }

  /**
   * Fails unless the code fits a history.
   *
   * @param history the history
   * @throws AssertionError when the code does not fit it, or it is of another orchestrator
   */
  public void passes(RecordedHistory history) {
    Entry entry =
        entry("the history of instance " + history.instance(), registration(), () -> history);
    ReplayReport report = new ReplayReport(List.of(entry));
    if (!report.passed()) {
      throw new AssertionError(report.toString());
    }
  }

  /**
   * Replays histories and says how the code fits.
   *
   * @param fileOrFolder a history, or a folder with histories ({@code *.json}) in it and below
   * @return a line for each, in the order of their names; never without one
   */
  public ReplayReport check(Path fileOrFolder) {
    Served served = registration();
    return new ReplayReport(
        files(fileOrFolder).stream()
            .map(f -> entry(f.toString(), served, () -> HistoryFile.read(f)))
            .toList());
  }

  private Served registration() {
    return Registration.of(setUps);
  }

  /** A file of that name, or no file, is left to the reader to refuse. */
  private static List<Path> files(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> all = Files.walk(fileOrFolder)) {
      List<Path> found =
          all.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(SUFFIX))
              .sorted()
              .toList();
      return found.isEmpty() ? List.of(fileOrFolder.resolve("*" + SUFFIX)) : found;
    } catch (IOException e) {
      throw new DurableException("The folder " + fileOrFolder + " cannot be read: " + e, e);
    }
  }

  private static Entry entry(String source, Served served, Supplier<RecordedHistory> reading) {
    RecordedHistory history;
    try {
      history = reading.get();
    } catch (DurableException e) {
      return new Entry(source, null, new Outcome.NotReplayed(String.valueOf(e.getMessage())));
    }
    return new Entry(source, history, outcome(served.replay(history)));
  }

  private static Outcome outcome(Verdict verdict) {
    if (verdict instanceof Verdict.Fits f) {
      return new Outcome.Fits(f.decisions());
    }
    return verdict instanceof Verdict.Misfit m
        ? new Outcome.Mismatch(m.step(), m.recorded(), m.produced(), m.where())
        : new Outcome.NotReplayed(((Verdict.NotReplayed) verdict).why());
  }
}
