package io.durable4j.spi;

import io.durable4j.data.FailureDetails;
import io.durable4j.history.MessageId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The queues of a hub. Delivery is at least once. */
public interface Messages {
  /**
   * Takes messages under a lease; never waits for one to come.
   *
   * <p>Thrown, or a crash just after: some messages may stay hidden for one lease, then come again.
   * With a fence of a former owner nothing is received where the store is {@link
   * Capabilities#fenced()}.
   *
   * @param queue the queue
   * @param how how many, for how long, for whom
   * @return what was visible
   */
  Received receive(QueueId queue, Receive how);

  /**
   * Sends messages; all are durable when it returns.
   *
   * <p>Thrown: any subset was sent. Sending again with the same ids is safe: a repeat is the same
   * message, dropped by the store while it holds the first, and by the inbox after.
   *
   * @param messages the messages, in order
   * @param lease how long claimed messages are held
   * @return the deliveries of those that asked for a claim and got it
   */
  List<Delivery> send(List<Outbound> messages, Duration lease);

  /**
   * Prolongs leases, counted from the call.
   *
   * <p>A renewal may run beside a commit or a response that ends the same delivery. On an atomic
   * store the receipt that is renewed stays good for them; on others they may leave the message
   * behind, to come again.
   *
   * <p>Thrown: unknown; the old deadline holds. A delivery whose lease has ended and which someone
   * else received is lost and never comes back by renewal.
   *
   * @param deliveries what this worker holds
   * @param lease the new length
   * @return the deliveries still held, by message, with fresh receipts; absent means lost
   */
  Map<MessageId, Delivery> renew(Collection<Delivery> deliveries, Duration lease);

  /**
   * Gives messages back, to be delivered again after a delay; their place in the queue stays, and
   * the delivery counts as {@link Delivery#released}. Best effort: lost deliveries are ignored;
   * thrown or crashed, the messages come when their leases end.
   *
   * @param deliveries what this worker holds
   * @param delay how long they stay hidden; zero for at once
   */
  void release(Collection<Delivery> deliveries, Duration delay);

  /**
   * Deletes messages for good. Lost deliveries are ignored. Thrown or crashed: any subset may come
   * again.
   *
   * @param deliveries what this worker holds
   */
  void delete(Collection<Delivery> deliveries);

  /**
   * Answers an activity's message: the result is durable before the request goes. When the request
   * is not held any more (its lease ended and another received or answered it), nothing happens
   * where the store can tell, and the result is a repeat where it cannot.
   *
   * <p>Thrown or crashed: both may exist; answering again is safe, since a result's id is derived
   * from its request's.
   *
   * @param activity the request
   * @param result the result
   */
  void respond(Delivery activity, Outbound result);

  /**
   * Sets a message aside: its copy is durable before the original goes. Idempotent.
   *
   * @param delivery the message
   * @param why what is wrong with it
   */
  void quarantine(Delivery delivery, FailureDetails why);

  /**
   * Looks at a queue.
   *
   * @param queue the queue
   * @return roughly its length and age
   */
  QueueStats stats(QueueId queue);
}
