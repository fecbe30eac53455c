package io.durable4j.azurestorage.format;

/**
 * Names of what this engine adds to the family's messages and rows. Other engines ignore it, and
 * their merges leave it where it is; so whoever reads it checks that it still belongs to what
 * stands beside it. Nothing is written where the family's own members say it all.
 *
 * <table>
 * <caption>Extra members of messages and extra columns of rows</caption>
 * <tr><th>Name</th><th>Where</th><th>What it holds</th></tr>
 * <tr><td>{@code Durable4jMessageId}</td><td>envelope; history row</td>
 *   <td>the identity of the message; of the event, the message that carried it</td></tr>
 * <tr><td>{@code Durable4jExecution}</td><td>envelope</td>
 *   <td>the execution that is addressed, where the family addresses whichever is current</td></tr>
 * <tr><td>{@code Durable4jClaimed}, {@code Durable4jReleased}</td><td>envelope</td>
 *   <td>that it was first delivered to its sender, which the queue does not count; how often it was
 *   given back, which the queue does</td></tr>
 * <tr><td>{@code Durable4jAnswers}</td><td>results: event, history row</td>
 *   <td>the message that is answered</td></tr>
 * <tr><td>{@code Durable4jTimeout}, {@code Durable4jFirstAttempt}, {@code Durable4jInline}</td>
 *   <td>TaskScheduled: event, history row</td>
 *   <td>how long a run may take (ISO-8601); the first attempt where it is another event; that it is
 *   a step that ran inside the turn</td></tr>
 * <tr><td>{@code Durable4jRecursive}</td><td>ExecutionTerminated: event, history row</td>
 *   <td>that children end too</td></tr>
 * <tr><td>{@code Durable4jRequest}, {@code Durable4jRetryOf}</td><td>in {@code ParentInstance}</td>
 *   <td>the message that started the child; the one of the call before it</td></tr>
 * <tr><td>{@code Durable4jTimestamp}, {@code Durable4jFireAt}, {@code
 *   Durable4jScheduledStartTime}</td><td>event, history row</td>
 *   <td>the time where it is finer than 100 ns or beyond what the family's form can hold; counts
 *   while it rounds to the time beside it</td></tr>
 * <tr><td>{@code Durable4jBody}</td><td>history row</td>
 *   <td>the body, as JSON, of an event of a kind that this version does not know</td></tr>
 * <tr><td>{@code Durable4jCheckpoint}, {@code Durable4jCommitId}, {@code Durable4jEvents}, {@code
 *   Durable4jMayReturn}, {@code Durable4jState}</td><td>sentinel</td>
 *   <td>the {@code CheckpointCompletedTimestamp} that they were written with; the newest whole
 *   commit; how many events it left; messages whose deletion is not confirmed; the instance's state
 *   without what its history tells</td></tr>
 * <tr><td>{@code Durable4jStep}, {@code Durable4jRedo}</td><td>sentinel</td>
 *   <td>which part of which commit was written last, of one that needs several; the commit that is
 *   whole while its rows are not, and the blob that holds them</td></tr>
 * <tr><td>{@code Durable4jMark}</td><td>instance row</td>
 *   <td>that a commit or a purge is about to decide what becomes of the row</td></tr>
 * <tr><td>{@code Durable4jState}, {@code Durable4jRefs}</td><td>instance row</td>
 *   <td>the state without what the columns tell; which columns hold the address of a blob</td></tr>
 * <tr><td>{@code Durable4jParent}, {@code Durable4jParked}</td><td>instance row</td>
 *   <td>the parent's id; whether it is parked: for filters</td></tr>
 * <tr><td>{@code Durable4jEpoch}</td><td>partition row</td><td>how often it was claimed</td></tr>
 * <tr><td>{@code Durable4jFormat}, {@code Durable4jDeleting}</td><td>{@code taskhub.json}</td>
 *   <td>the version of the format; that the hub is being deleted</td></tr>
 * </table>
 */
public final class Extras {
  /** What every extra name begins with. */
  public static final String PREFIX = "Durable4j";

  static final String MESSAGE_ID = PREFIX + "MessageId";
  static final String EXECUTION = PREFIX + "Execution";
  static final String CLAIMED = PREFIX + "Claimed";
  static final String RELEASED = PREFIX + "Released";
  static final String ANSWERS = PREFIX + "Answers";
  static final String TIMEOUT = PREFIX + "Timeout";
  static final String FIRST_ATTEMPT = PREFIX + "FirstAttempt";
  static final String INLINE = PREFIX + "Inline";
  static final String RECURSIVE = PREFIX + "Recursive";
  static final String REQUEST = PREFIX + "Request";
  static final String RETRY_OF = PREFIX + "RetryOf";
  static final String BODY = PREFIX + "Body";
  static final String CHECKPOINT = PREFIX + "Checkpoint";
  static final String COMMIT_ID = PREFIX + "CommitId";
  static final String EVENTS = PREFIX + "Events";
  static final String MAY_RETURN = PREFIX + "MayReturn";
  static final String STATE = PREFIX + "State";
  static final String REFS = PREFIX + "Refs";
  static final String PARENT = PREFIX + "Parent";
  static final String PARKED = PREFIX + "Parked";
  static final String MARK = PREFIX + "Mark";
  static final String REDO = PREFIX + "Redo";
  static final String STEP = PREFIX + "Step";
  static final String EPOCH = PREFIX + "Epoch";
  static final String FORMAT = PREFIX + "Format";
  static final String DELETING = PREFIX + "Deleting";

  private Extras() {}

  /** The extra name beside a member that holds a time. */
  static String exact(String name) {
    return PREFIX + (name.startsWith("_") ? name.substring(1) : name);
  }
}
