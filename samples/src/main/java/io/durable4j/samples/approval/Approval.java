package io.durable4j.samples.approval;

import io.durable4j.client.InstanceHandle;
import io.durable4j.host.DurableHost;
import io.durable4j.orchestration.EventRef;
import io.durable4j.orchestration.OrchestrationContext;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.orchestration.Task;
import io.durable4j.samples.SampleArgs;
import io.durable4j.samples.SampleBackend;
import io.durable4j.spi.Backend;
import java.time.Duration;
import java.util.Set;

/** Waits for a person's answer, but not for ever. */
public final class Approval {
  /** The contract. */
  public static final OrchestratorRef<Request, String> REF =
      OrchestratorRef.of("Approval", Request.class, String.class);

  /** The answer. */
  public static final EventRef<Answer> ANSWER = EventRef.of("answer", Answer.class);

  private Approval() {}

  /**
   * Runs the sample.
   *
   * @param line {@code [--journal DIR | --azure TEXT] [--deadline PT5S] [--answer yes|no|none]
   *     [--by NAME]}
   */
  public static void main(String[] line) {
    System.out.println(run(line));
  }

  static String run(String[] line) {
    SampleArgs args =
        SampleArgs.parse(
            line, Set.of(SampleBackend.JOURNAL, SampleBackend.AZURE, "deadline", "answer", "by"));
    Request request = new Request("a new lamp", args.duration("deadline", "PT5S").toMillis());
    String answer = args.text("answer", "yes");
    try (Backend backend = SampleBackend.open(args);
        DurableHost host = DurableHost.on(backend).orchestrator(REF, Approval::decide).start()) {
      InstanceHandle<String> instance = host.client().schedule(REF, request);
      if (!answer.equals("none")) {
        // An answer that comes before the question is kept until it is asked for.
        instance.raise(ANSWER, new Answer(answer.equals("yes"), args.text("by", "Ada")));
      }
      return instance.result(Duration.ofMinutes(10));
    }
  }

  static String decide(OrchestrationContext ctx, Request request) {
    Task<Answer> answer = ctx.waitForExternalEvent(ANSWER);
    ctx.setCustomStatus("waiting for an answer");
    if (!answer.awaitFor(Duration.ofMillis(request.deadlineMillis()))) {
      return request.what() + ": no answer, escalated";
    }
    Answer a = answer.await();
    return request.what() + (a.yes() ? ": approved by " : ": refused by ") + a.by();
  }

  /**
   * What is asked for.
   *
   * @param what for a person
   * @param deadlineMillis how long to wait for the answer, in milliseconds
   */
  public record Request(String what, long deadlineMillis) {}

  /**
   * A person's answer.
   *
   * @param yes whether it is granted
   * @param by who says so
   */
  public record Answer(boolean yes, String by) {}
}
