package io.durable4j.spi;

import io.durable4j.data.DurableException;

/** A task hub cannot be opened as asked; trying again does not help. */
public final class HubException extends DurableException {
  private static final long serialVersionUID = 1;

  /** Why it cannot be opened. */
  private final Reason reason;

  /** Why it cannot be opened. */
  public enum Reason {
    /** It was never created. */
    MISSING,
    /** It was deleted, or is being deleted. */
    GONE,
    /** It exists with other settings; the message names stored and asked. */
    MISMATCH,
    /** It was written by a newer version of the format. */
    TOO_NEW,
    /** Another process holds it. */
    IN_USE,
    /** It cannot be read or written at all: a missing directory, no rights, damage. */
    UNUSABLE
  }

  /**
   * Creates an exception.
   *
   * @param reason why
   * @param message the hub, what is wrong, and what to do
   */
  public HubException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * Creates an exception with a cause.
   *
   * @param reason why
   * @param message the hub, what is wrong, and what to do
   * @param cause what was thrown below
   */
  public HubException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * That there is no such hub.
   *
   * @param wanted the hub that was asked for
   * @return an exception with the reason {@link Reason#MISSING}
   */
  public static HubException missing(HubSpec wanted) {
    return new HubException(
        Reason.MISSING, "There is no task hub '" + wanted.name() + "'; create it first");
  }

  /**
   * That the hub is another one than was asked for.
   *
   * @param stored the hub that is there
   * @param wanted the hub that was asked for
   * @return an exception with the reason {@link Reason#MISMATCH}
   */
  public static HubException mismatch(HubSpec stored, HubSpec wanted) {
    return new HubException(
        Reason.MISMATCH,
        "The stored task hub is "
            + describe(stored)
            + ", asked for was "
            + describe(wanted)
            + "; open it with the stored settings");
  }

  private static String describe(HubSpec s) {
    return "'" + s.name() + "' with " + s.partitions() + " partitions";
  }

  /**
   * Why.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
