package io.durable4j.azurestorage.format;

import io.durable4j.data.DurableException;
import io.durable4j.data.FailureDetails;
import io.durable4j.data.Payload;
import io.durable4j.history.ExecutionId;
import io.durable4j.history.InstanceId;
import io.durable4j.history.InstanceState;
import io.durable4j.history.InstanceState.Progress;
import io.durable4j.history.InstanceState.Start;
import io.durable4j.history.OrchestrationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads states from rows of the instances table. What this engine added to a row counts as far as
 * it still belongs to the columns: others may have gone on with the instance since.
 */
public final class InstanceReading {
  private final BlobUrls urls;
  private final UnaryOperator<String> blobs;

  /**
   * A reading.
   *
   * @param urls the addresses of the hub's blobs; a text that is none of these is a payload
   * @param blobs reads a blob of the container of large payloads: from its name, its text
   */
  public InstanceReading(BlobUrls urls, UnaryOperator<String> blobs) {
    this.urls = urls;
    this.blobs = blobs;
  }

  /**
   * Reads a row.
   *
   * @param row the row
   * @return the state
   * @throws DurableException when it does not read
   */
  public InstanceState read(Row row) {
    Row whole = LargeColumns.back(row, LargeColumns.OF_STATE, blobs);
    InstanceId id = new InstanceId(Keys.unescape(row.partitionKey()));
    InstanceState ours = ours(whole, id);
    try {
      boolean sameExecution = ours != null && ours.execution().equals(execution(whole));
      if (ours != null && sameExecution && isNewest(whole, ours)) {
        return whole(whole, ours);
      }
      return new InstanceState(
          id,
          execution(whole),
          ours != null && sameExecution
              ? StateText.withInput(ours.start(), payload(whole, InstanceRows.INPUT))
              : start(whole),
          progress(whole),
          ours == null ? List.of() : ours.consumed());
    } catch (IllegalArgumentException e) {
      throw new DurableException("Damaged row of instance " + id + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable InstanceState ours(Row row, InstanceId id) {
    String text = row.text(Extras.STATE);
    if (text == null) {
      return null;
    }
    try {
      return StateText.bare(text);
    } catch (DurableException e) {
      throw new DurableException("Damaged row of instance " + id + ": " + e.getMessage(), e);
    }
  }

  private static boolean isNewest(Row row, InstanceState ours) {
    return Times.inTable(ours.progress().updatedAt()).equals(row.time(InstanceRows.UPDATED))
        && ours.status() == Family.status(row.text(InstanceRows.STATUS));
  }

  private InstanceState whole(Row row, InstanceState ours) {
    String refs = "," + row.columns().get(Extras.REFS) + ",";
    boolean inputInBlob = refs.contains("," + InstanceRows.INPUT + ",");
    boolean outputInBlob = refs.contains("," + InstanceRows.OUTPUT + ",");
    Payload input =
        ours.start().input() == null ? null : payload(row, InstanceRows.INPUT, inputInBlob);
    Payload output =
        ours.progress().failure() != null || ours.progress().output() == null
            ? StateText.outputOf(ours, null)
            : payload(row, InstanceRows.OUTPUT, outputInBlob);
    return StateText.with(ours, input, output, customStatus(row, ours.progress()));
  }

  /** Tools may have changed the column since. */
  private static @Nullable Payload customStatus(Row row, Progress ours) {
    String text = row.text(InstanceRows.CUSTOM_STATUS);
    if (text == null || (text.equals(InstanceRows.NULL) && ours.customStatus() == null)) {
      return null;
    }
    return new Payload(text);
  }

  @SuppressWarnings("NullAway") // it does not see that a parent may be null
  private Start start(Row row) {
    Instant created = row.time(InstanceRows.CREATED);
    String name = row.text(InstanceRows.NAME);
    String version = row.text(InstanceRows.VERSION);
    return new Start(
        name == null ? "" : name,
        version == null ? "" : version,
        payload(row, InstanceRows.INPUT),
        RowEvent.tags(row.text(InstanceRows.TAGS)),
        null,
        created == null ? Instant.EPOCH : created,
        row.time(InstanceRows.SCHEDULED),
        (int) row.number(InstanceRows.GENERATION, 0));
  }

  /** What a former execution left behind is no end of one that lives. */
  private Progress progress(Row row) {
    OrchestrationStatus known = Family.status(row.text(InstanceRows.STATUS));
    OrchestrationStatus status = known == null ? OrchestrationStatus.PENDING : known;
    Instant updated = row.time(InstanceRows.UPDATED);
    boolean ended = status.isTerminal();
    Payload output = ended ? payload(row, InstanceRows.OUTPUT) : null;
    boolean failed = status == OrchestrationStatus.FAILED;
    String custom = row.text(InstanceRows.CUSTOM_STATUS);
    return new Progress(
        status,
        updated == null ? Instant.EPOCH : updated,
        ended ? row.time(InstanceRows.COMPLETED) : null,
        failed ? null : output,
        failed ? failure(output) : null,
        custom == null || custom.equals(InstanceRows.NULL) ? null : new Payload(custom),
        List.of(),
        null);
  }

  /** The family tells a failure as its type and message. */
  private static FailureDetails failure(@Nullable Payload output) {
    String text = output == null ? "" : output.text();
    int colon = text.indexOf(": ");
    boolean typed = colon > 0 && text.lastIndexOf(' ', colon) < 0;
    return new FailureDetails(
        typed ? text.substring(0, colon) : "Unknown",
        typed ? text.substring(colon + 2) : text,
        null,
        null,
        false,
        Map.of());
  }

  private @Nullable Payload payload(Row row, String name) {
    String text = row.text(name);
    return payload(row, name, text != null && urls.nameOf(text) != null);
  }

  private @Nullable Payload payload(Row row, String name, boolean inBlob) {
    String text = row.text(name);
    if (text == null) {
      return null;
    }
    String blob = inBlob ? urls.nameOf(text) : null;
    if (blob == null) {
      return new Payload(text);
    }
    String held = blobs.apply(blob);
    String payload = BlobNames.isStart(blob) ? QueueText.inputOfStart(held) : held;
    return payload == null ? null : new Payload(payload);
  }

  private static ExecutionId execution(Row row) {
    String execution = row.text(RowEvent.EXECUTION_ID);
    return new ExecutionId(execution == null ? "" : execution);
  }
}
