package io.durable4j.orchestration;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.HasFailureProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A saga failed, and what it had done could not be undone completely. The cause is what failed the
 * saga; the compensations that failed stand beside it, and as data under the failure property
 * {@code compensations}.
 */
public final class CompensationFailedException extends DurableException
    implements HasFailureProperties {
  private static final long serialVersionUID = 1;

  private final transient List<FailureDetails> compensations;

  /**
   * Creates an exception.
   *
   * @param failed what failed the saga
   * @param compensations why compensations failed, in the order in which they ran; at least one
   */
  public CompensationFailedException(Throwable failed, List<FailureDetails> compensations) {
    super(
        "The saga failed ("
            + failed
            + ") and "
            + compensations.size()
            + " of its compensations failed too: "
            + compensations,
        failed);
    this.compensations = List.copyOf(compensations);
  }

  /**
   * Why compensations failed.
   *
   * @return the failures, in the order in which the compensations ran
   */
  public List<FailureDetails> compensations() {
    return compensations;
  }

  @Override
  public Map<String, Object> failureProperties() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (FailureDetails f : compensations) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("type", f.type());
      one.put("message", f.message());
      all.add(one);
    }
    return Map.of("compensations", all);
  }
}
