package io.durable4j.azurestorage.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import io.durable4j.activity.ActivityRef;
import io.durable4j.azurestorage.AzureAccount;
import io.durable4j.azurestorage.AzureStorageBackend;
import io.durable4j.data.DurableException;
import io.durable4j.fixtures.azurite.SecureAzurite;
import io.durable4j.history.OrchestrationStatus;
import io.durable4j.host.DurableHost;
import io.durable4j.host.Setting;
import io.durable4j.orchestration.OrchestratorRef;
import io.durable4j.spi.HubSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** An account by identity: tokens over TLS, and no key anywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AzuriteIdentityTest {
  private static final String STORAGE = "https://storage.azure.com";
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int LARGE = 300_000;
  private static final OrchestratorRef<Integer, String> FLOW =
      OrchestratorRef.of("Flow", Integer.class, String.class);
  private static final ActivityRef<Integer, String> REPEAT =
      ActivityRef.of("Repeat", Integer.class, String.class);

  private SecureAzurite azurite;
  private SSLContext former;

  @BeforeAll
  void start() throws Exception {
    former = SSLContext.getDefault();
    azurite = SecureAzurite.start();
    SSLContext.setDefault(azurite.trust());
  }

  @AfterAll
  void end() {
    SSLContext.setDefault(former);
    if (azurite != null) { // it may not have started
      azurite.close();
    }
  }

  /** Where tokens come from. Each is said to end at once, so that every call asks for one. */
  private static final class Identity implements TokenCredential {
    final Set<String> scopes = ConcurrentHashMap.newKeySet();
    final AtomicReference<CountDownLatch> away = new AtomicReference<>();
    private final Duration age;
    private final String tenantsAudience;

    Identity(Duration age, String tenantsAudience) {
      this.age = age;
      this.tenantsAudience = tenantsAudience;
    }

    static Identity usual() {
      return new Identity(Duration.ZERO, "");
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
      CountDownLatch refusals = away.get();
      if (refusals != null) {
        refusals.countDown();
        return Mono.error(
            new ClientAuthenticationException("The identity's service is away", null));
      }
      scopes.addAll(request.getScopes());
      String scope = request.getScopes().get(0);
      String audience =
          tenantsAudience.isEmpty() ? scope.replace("/.default", "") : tenantsAudience;
      Instant from = Instant.now().minus(age).minusSeconds(60);
      String token = SecureAzurite.token(audience, from, from.plus(Duration.ofHours(1)));
      return Mono.just(new AccessToken(token, from.atOffset(ZoneOffset.UTC)));
    }
  }

  private AzureStorageBackend backend(TokenCredential identity) {
    return AzureStorageBackend.create(
        AzureAccount.byIdentity(identity, azurite.queues(), azurite.tables(), azurite.blobs()));
  }

  @Test
  void anOrchestrationRunsByIdentity() {
    Identity identity = Identity.usual();
    try (var backend = backend(identity);
        var host =
            DurableHost.on(backend)
                .set(Setting.HUB_NAME, "Identity")
                .orchestrator(FLOW, (ctx, n) -> ctx.callActivity(REPEAT, n).await())
                .activity(REPEAT, n -> "x".repeat(n))
                .start()) {
      var instance = host.client().schedule(FLOW, LARGE);
      assertThat(instance.result(SOON)).hasSize(LARGE);
      assertThat(instance.state().status()).isEqualTo(OrchestrationStatus.COMPLETED);
      assertThat(instance.purge(false)).isTrue();
    }
    try (var backend = backend(identity)) {
      backend.create(new HubSpec("Identity", 4));
      backend.delete();
    }
    assertThat(identity.scopes).containsExactly(STORAGE + "/.default");
  }

  @Test
  void aWorkerGoesOnWhenTheIdentityIsBack() {
    Identity identity = Identity.usual();
    CountDownLatch refusals = new CountDownLatch(20);
    try (var backend = backend(identity);
        var host =
            DurableHost.on(backend)
                .set(Setting.HUB_NAME, "Away")
                .orchestrator(FLOW, (ctx, n) -> ctx.callActivity(REPEAT, n).await())
                .activity(
                    REPEAT,
                    n -> {
                      identity.away.set(refusals);
                      boolean refused = refusals.await(30, TimeUnit.SECONDS);
                      identity.away.set(null);
                      return refused ? "done" : "nobody asked for a token";
                    })
                .start()) {
      assertThat(host.client().schedule(FLOW, 1).result(SOON)).isEqualTo("done");
    }
    assertThat(refusals.getCount()).isZero();
  }

  @Test
  void anExpiredTokenIsRefusedInClearWords() {
    assertRefused(new Identity(Duration.ofHours(2), ""));
  }

  @Test
  void aTokenForSomethingElseIsRefusedInClearWords() {
    assertRefused(new Identity(Duration.ZERO, "https://vault.azure.net"));
  }

  private void assertRefused(Identity identity) {
    try (var backend = backend(identity)) {
      assertThatThrownBy(() -> DurableHost.on(backend).set(Setting.HUB_NAME, "Refused").start())
          .isInstanceOf(DurableException.class)
          .hasMessageContaining("the key, SAS or token is not right")
          .hasMessageContaining("expired")
          .hasMessageContaining("https://127.0.0.1")
          .hasMessageNotContaining("eyJ");
    }
  }
}
