package io.durable4j.azurestorage.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.account.Tables.Write;
import io.durable4j.azurestorage.format.Row;
import io.durable4j.spi.StorageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What services answer, as what the engine and its users get. */
class FailuresTest {
  private final StubService service = new StubService();

  @AfterEach
  void end() {
    service.close();
  }

  private static Account account(String connectionString) {
    return new SdkAccount(
        SdkServices.of(connectionString, SdkServices.Policies.NONE), InstantSource.system());
  }

  private static List<Throwable> failures(Account account) {
    return List.of(
        catchThrowable(() -> account.queues().receive("q", 1, Duration.ofSeconds(30))),
        catchThrowable(
            () ->
                account
                    .tables()
                    .write("t", List.of(new Write.InsertOrMerge(new Row("p", "r", Map.of()))))),
        catchThrowable(() -> account.blobs().put("c", "b", new byte[1])));
  }

  private static void assertSecretsAreKept(Throwable failure) {
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString())
        .doesNotContain(StubService.KEY)
        .doesNotContain(StubService.SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AuthenticationFailed, FORBIDDEN, key",
    "401, InvalidAuthenticationInfo, FORBIDDEN, token",
    "403, AuthorizationPermissionMismatch, FORBIDDEN, Data Contributor",
    "403, AuthorizationFailure, FORBIDDEN, firewall",
    "409, FeatureNotSupportedForAccount, NO_SERVICE, general-purpose",
    "404, QueueNotFound, MISSING, create the hub",
    "409, TableBeingDeleted, BEING_DELETED, wait",
    "413, RequestBodyTooLarge, TOO_LARGE, larger",
    "400, PropertyValueTooLarge, TOO_LARGE, larger",
    "400, ContentLengthExceeded, TOO_LARGE, larger",
    "400, InvalidInput, REFUSED, refused"
  })
  void aRefusalSaysWhatToDo(int status, String code, Reason reason, String hint) {
    service.xml(status, code);
    for (String connection : List.of(service.withKey(), service.withSas())) {
      for (Throwable failure : failures(account(connection))) {
        assertThat(failure)
            .asInstanceOf(type(AccountException.class))
            .returns(reason, AccountException::reason);
        assertThat(failure)
            .hasMessageContaining(hint)
            .hasMessageContaining(code)
            .hasMessageContaining("request-7")
            .hasMessageMatching("(Queue|Table|Blob) service at http.*/acc, .*(q|t|c): .*");
        assertSecretsAreKept(failure);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"503, ServerBusy", "500, InternalError", "429, TooManyRequests"})
  void aFaultThatPassesIsUnknownAfterThreeTries(int status, String code) {
    service.xml(status, code);
    for (Throwable failure : failures(account(service.withSas()))) {
      assertThat(failure).isInstanceOf(StorageException.class).hasMessageContaining(code);
      assertSecretsAreKept(failure);
    }
    assertThat(service.calls()).isEqualTo(9);
  }

  @Test
  void aWriteWithinATransactionMayFailWithACodeOnly() {
    Account account = account(service.withKey());
    List<Write> writes =
        List.of(
            new Write.Insert(new Row("p", "1", Map.of())),
            new Write.Insert(new Row("p", "2", Map.of())));
    service.answer(202, "", "multipart/mixed; boundary=batchresponse_1", part(500, "ServerBusy"));
    assertThat(catchThrowable(() -> account.tables().write("t", writes)))
        .isInstanceOf(StorageException.class);
    service.answer(202, "", "multipart/mixed; boundary=batchresponse_1", part(400, "InvalidInput"));
    assertThat(catchThrowable(() -> account.tables().write("t", writes)))
        .isInstanceOf(AccountException.class);
  }

  private static String part(int status, String code) {
    return "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n"
        + "--changesetresponse_1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 "
        + status
        + " No\r\nContent-Type: application/json\r\n\r\n{\"odata.error\":{\"code\":\""
        + code
        + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"0:No.\"}}}\r\n"
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n";
  }

  @Test
  void nobodyAtTheAddressIsUnknown() {
    Account account = account(service.withSas());
    service.close();
    for (Throwable failure : failures(account)) {
      assertThat(failure).isInstanceOf(StorageException.class);
      assertSecretsAreKept(failure);
    }
  }

  @Test
  void anUnknownHostIsAMissingService() {
    Account account =
        account("AccountName=none;AccountKey=" + StubService.KEY + ";EndpointSuffix=invalid");
    for (Throwable failure : failures(account)) {
      assertThat(failure)
          .asInstanceOf(type(AccountException.class))
          .returns(Reason.NO_SERVICE, AccountException::reason);
      assertThat(failure).hasMessageContaining("none.").hasMessageContaining("blobs only");
      assertSecretsAreKept(failure);
    }
  }

  @Test
  void anAddressThatAnsweredOnceIsNotMissing() {
    RuntimeException unknown = new RuntimeException(new java.net.UnknownHostException("x"));
    Failures failures = new Failures("Queue", "queue", "https://x");
    assertThat(failures.of("q", unknown, true)).isInstanceOf(StorageException.class);
    assertThat(failures.of("q", unknown, false)).isInstanceOf(AccountException.class);
  }

  @Test
  void anIdentityWithoutTokenIsForbidden() {
    TokenCredential none =
        request -> Mono.error(new ClientAuthenticationException("no identity", null));
    URI address = URI.create("https://none.invalid");
    Account account =
        new SdkAccount(
            SdkServices.of(none, address, address, address, SdkServices.Policies.NONE),
            InstantSource.system());
    for (Throwable failure : failures(account)) {
      assertThat(failure)
          .asInstanceOf(type(AccountException.class))
          .returns(Reason.FORBIDDEN, AccountException::reason);
      assertThat(failure).hasMessageContaining("identity gets no token");
    }
  }
}
