package io.durable4j.azurestorage.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queues of an account. Messages never expire. Durations are whole seconds, 0 to 7 days; each
 * reading and each renewal gives the message a new pop receipt, and only the newest is good.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api">Queue
 *     service</a>
 */
public interface Queues {
  /** The most messages that one call brings. */
  int MAX_RECEIVED = 32;

  /**
   * Creates a queue.
   *
   * @param queue its name
   * @return false when it is there already
   */
  boolean create(String queue);

  /**
   * Deletes a queue with all its messages.
   *
   * @param queue its name
   * @return false when it is not there
   */
  boolean delete(String queue);

  /**
   * Puts a message. Thrown: unknown; the message may be there, and there twice after another call.
   *
   * @param queue the queue
   * @param text its text, at most 64 KiB
   * @param hidden how long nobody can receive it; zero for at once
   * @return the proof that it is held by the sender for that time, with which it may be renewed and
   *     deleted while nobody else received it
   */
  Receipt send(String queue, String text, Duration hidden);

  /**
   * Takes messages that are visible. Thrown: some may be hidden for the time that was asked for.
   *
   * @param queue the queue
   * @param max at most so many, 1 to {@value #MAX_RECEIVED}
   * @param hidden how long nobody else can receive them; at least a second
   * @return the messages, roughly in the order in which they were put
   */
  List<Item> receive(String queue, int max, Duration hidden);

  /**
   * Hides a message anew, counted from now; its text stays.
   *
   * @param queue the queue
   * @param receipt the newest proof of it
   * @param hidden how long; zero shows it
   * @return the new proof; null when it is gone or was received by another
   */
  @Nullable Receipt renew(String queue, Receipt receipt, Duration hidden);

  /**
   * Hides a message anew, counted from now, with another text; its place and its count of dequeues
   * stay.
   *
   * @param queue the queue
   * @param receipt the newest proof of it
   * @param text its new text, at most 64 KiB
   * @param hidden how long; zero shows it
   * @return the new proof; null when it is gone or was received by another
   */
  @Nullable Receipt rewrite(String queue, Receipt receipt, String text, Duration hidden);

  /**
   * Deletes a message.
   *
   * @param queue the queue
   * @param receipt the newest proof of it
   * @return false when it is gone or was received by another
   */
  boolean delete(String queue, Receipt receipt);

  /**
   * Looks at a queue; takes nothing.
   *
   * @param queue the queue
   * @return roughly how it is
   */
  Look look(String queue);

  /**
   * The proof of a delivery.
   *
   * @param id the service's id of the message
   * @param pop the pop receipt
   */
  record Receipt(String id, String pop) {}

  /**
   * A message that was received.
   *
   * @param receipt the proof of this delivery
   * @param text its text
   * @param insertedAt when it was put; whole seconds
   * @param dequeues how often it was received, with this time
   */
  record Item(Receipt receipt, String text, Instant insertedAt, long dequeues) {}

  /**
   * A look at a queue.
   *
   * @param length roughly how many messages, hidden ones included
   * @param oldest when the first one that is visible was put; null when none is visible
   */
  record Look(long length, @Nullable Instant oldest) {}
}
