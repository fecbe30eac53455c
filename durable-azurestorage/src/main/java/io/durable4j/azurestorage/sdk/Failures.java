package io.durable4j.azurestorage.sdk;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.spi.StorageException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK throws, as what the ports throw. Texts of the services and of the SDK are left out,
 * and refusals have no cause: signatures and addresses with a SAS occur in them.
 *
 * @param service the service's name, for a person
 * @param kind what it holds: queue, table or container
 * @param endpoint its address without a query
 */
record Failures(String service, String kind, String endpoint) {
  private static final Set<String> TOO_LARGE =
      Set.of(
          "RequestBodyTooLarge",
          "MessageTooLarge",
          "PropertyValueTooLarge",
          "EntityTooLarge",
          "KeyValueTooLarge",
          "TooManyProperties",
          "ContentLengthExceeded",
          "BlockListTooLong");
  private static final Set<String> PASSING =
      Set.of("OperationTimedOut", "InternalError", "ServerBusy");
  private static final Set<String> NO_SERVICE =
      Set.of("FeatureNotSupportedByAccount", "FeatureNotSupportedForAccount");
  private static final Set<String> WRONG_KEY =
      Set.of("AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation");
  private static final Set<String> MISSING_ROLE =
      Set.of(
          "AuthorizationPermissionMismatch",
          "InsufficientAccountPermissions",
          "AuthorizationProtocolMismatch",
          "AuthorizationServiceMismatch",
          "AuthorizationResourceTypeMismatch");
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TIMED_OUT = 408;
  private static final int TOO_LARGE_STATUS = 413;
  private static final int THROTTLED = 429;
  private static final int FAULTS = 500;

  /**
   * The exception for a call that failed in a way that its caller does not await. An address that
   * answered before exists: that it is unknown now is the network's fault, which passes.
   */
  RuntimeException of(String resource, RuntimeException e, boolean answered) {
    HttpResponseException answer = find(e, HttpResponseException.class);
    if (answer instanceof ClientAuthenticationException && answer.getResponse() == null) {
      return refused(
          Reason.FORBIDDEN,
          resource,
          "the identity gets no token: check the credential that was given and that its tenant,"
              + " client or managed identity exists",
          "no answer");
    }
    if (answer != null) {
      return of(resource, Refusal.of(answer));
    }
    if (!answered && isUnknownHost(e)) {
      return refused(
          Reason.NO_SERVICE,
          resource,
          "there is no such address: check the account's name, and that the account has this"
              + " service (one for blobs only has neither queues nor tables)",
          "unknown host");
    }
    if (find(e, IllegalArgumentException.class) != null) {
      return refused(Reason.REFUSED, resource, "the request is malformed", e.getClass().getName());
    }
    if (find(e, InterruptedException.class) != null) {
      Thread.currentThread().interrupt();
    }
    IOException network = find(e, IOException.class);
    Throwable cause = network == null ? e : network;
    return new StorageException(
        at(resource) + "no answer (" + cause.getClass().getSimpleName() + "); it is tried again",
        cause);
  }

  private static boolean isUnknownHost(Throwable e) {
    return find(e, UnknownHostException.class) != null
        || find(e, UnresolvedAddressException.class) != null;
  }

  /** The exception for a call that is not made, since it would be refused. */
  RuntimeException refused(String resource, String why) {
    return refused(Reason.REFUSED, resource, why, "not sent");
  }

  private RuntimeException of(String resource, Refusal r) {
    int status = r.status();
    if (status == TOO_LARGE_STATUS || TOO_LARGE.contains(r.code())) {
      return refused(Reason.TOO_LARGE, resource, "it is larger than the service takes", r.shown());
    }
    if (NO_SERVICE.contains(r.code())) {
      return refused(
          Reason.NO_SERVICE,
          resource,
          "the account has no such service: take a general-purpose v2 account",
          r.shown());
    }
    if (r.code().endsWith("BeingDeleted")) {
      return refused(
          Reason.BEING_DELETED,
          resource,
          "it is being deleted, which takes the service a minute or more: wait, or take another"
              + " hub name",
          r.shown());
    }
    if (status == UNAUTHORIZED || status == FORBIDDEN) {
      return refused(Reason.FORBIDDEN, resource, forbidden(r.code()), r.shown());
    }
    if (status == NOT_FOUND || r.code().endsWith("NotFound")) {
      return refused(Reason.MISSING, resource, "it is not there: create the hub", r.shown());
    }
    if (status == TIMED_OUT || status == THROTTLED || status >= FAULTS || passes(r)) {
      return new StorageException(
          at(resource) + "the service failed (" + r.shown() + "); it is tried again", null);
    }
    return refused(Reason.REFUSED, resource, "the service refused the request", r.shown());
  }

  /** A write within a transaction has an error code only. */
  private static boolean passes(Refusal r) {
    return r.status() == 0 && (r.code().isEmpty() || PASSING.contains(r.code()));
  }

  private String forbidden(String code) {
    if (MISSING_ROLE.contains(code)) {
      return "the identity or SAS may not do that: give it the role Storage "
          + (kind.equals("container") ? "Blob" : service)
          + " Data Contributor on the account";
    }
    if (WRONG_KEY.contains(code)) {
      return "the key, SAS or token is not right: check that it is of this account and has not"
          + " expired or been rotated, and this machine's clock";
    }
    return "access is denied: check the account's firewall, and whether keys are allowed on it";
  }

  private AccountException refused(Reason reason, String resource, String why, String shown) {
    return new AccountException(reason, at(resource) + why + " (" + shown + ")", null);
  }

  private String at(String resource) {
    return service + " service at " + endpoint + ", " + kind + " " + resource + ": ";
  }

  private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
