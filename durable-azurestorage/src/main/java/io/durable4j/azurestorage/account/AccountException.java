package io.durable4j.azurestorage.account;

import io.durable4j.data.DurableException;

/** A service refused a call, and would refuse it again: it took no effect. */
public final class AccountException extends DurableException {
  private static final long serialVersionUID = 1;

  /** Why it was refused. */
  private final Reason reason;

  /** Why a call was refused. */
  public enum Reason {
    /** Queue, table or container is not there. */
    MISSING,
    /** Queue, table or container of this name is being deleted. */
    BEING_DELETED,
    /** Wrong key, wrong identity or missing role. */
    FORBIDDEN,
    /** The account has no such service, or it is not reachable under this address. */
    NO_SERVICE,
    /** Something is too large for the service. */
    TOO_LARGE,
    /** Anything else that was wrong with the request. */
    REFUSED
  }

  /**
   * Creates an exception.
   *
   * @param reason why
   * @param message service, resource, what is wrong and what to do; no secret
   * @param cause what was thrown below, or null
   */
  public AccountException(
      Reason reason, String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * Why it was refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
