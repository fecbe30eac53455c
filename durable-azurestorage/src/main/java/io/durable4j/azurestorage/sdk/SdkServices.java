package io.durable4j.azurestorage.sdk;

import com.azure.core.client.traits.HttpTrait;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import io.durable4j.data.DurableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The SDK's clients of one account. Those that are built here try a call three times, each for
 * eight seconds at most, so that it ends within half a minute; then the engine's backoff goes on.
 *
 * @param queues for the queues; leaves texts as they are
 * @param tables for the tables
 * @param blobs for the blobs
 */
public record SdkServices(
    QueueServiceClient queues, TableServiceClient tables, BlobServiceClient blobs) {
  private static final int MORE_TRIES = 2;
  private static final Duration TRY = Duration.ofSeconds(8);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Further steps of each call, by service: {@code queues}, {@code tables} and {@code blobs}. */
  @FunctionalInterface
  public interface Policies extends Function<String, List<HttpPipelinePolicy>> {
    /** No further steps. */
    Policies NONE = service -> List.of();
  }

  /**
   * Clients by connection string.
   *
   * @param connectionString with the key or a SAS
   * @param policies further steps of each call
   * @return the clients
   * @throws DurableException when it is none; the message does not repeat it
   */
  public static SdkServices of(String connectionString, Policies policies) {
    try {
      return build(
          policies,
          queues -> queues.connectionString(connectionString),
          tables -> tables.connectionString(connectionString),
          blobs -> blobs.connectionString(connectionString));
    } catch (RuntimeException e) { // its text and its cause may hold the key
      throw new DurableException(
          "The connection string is none of an Azure storage account ("
              + e.getClass().getSimpleName()
              + "): copy it from the account's page of access keys; it must name the queue, table"
              + " and blob services of one account",
          null);
    }
  }

  /**
   * Clients by identity.
   *
   * @param credential where tokens come from
   * @param queues the address of the queue service
   * @param tables the address of the table service
   * @param blobs the address of the blob service
   * @param policies further steps of each call
   * @return the clients
   */
  public static SdkServices of(
      TokenCredential credential, URI queues, URI tables, URI blobs, Policies policies) {
    return build(
        policies,
        builder -> builder.endpoint(queues.toString()).credential(credential),
        builder -> builder.endpoint(tables.toString()).credential(credential),
        builder -> builder.endpoint(blobs.toString()).credential(credential));
  }

  /**
   * The user's clients, with their own retries and HTTP client. How the one for queues encodes
   * messages does not matter: they are written as the hub's settings say. The one for tables is
   * built here, since it needs {@link TableAnswers}.
   *
   * @param queues for the queues
   * @param tables what builds the one for tables; gets a further policy
   * @param blobs for the blobs
   * @return the clients
   */
  public static SdkServices of(
      QueueServiceClient queues, TableServiceClientBuilder tables, BlobServiceClient blobs) {
    QueueServiceClient plain =
        new QueueServiceClientBuilder()
            .endpoint(queues.getQueueServiceUrl())
            .pipeline(queues.getHttpPipeline())
            .serviceVersion(queues.getServiceVersion())
            .messageEncoding(QueueMessageEncoding.NONE)
            .buildClient();
    return new SdkServices(plain, tables.addPolicy(new TableAnswers()).buildClient(), blobs);
  }

  private static SdkServices build(
      Policies policies,
      Consumer<QueueServiceClientBuilder> queues,
      Consumer<TableServiceClientBuilder> tables,
      Consumer<BlobServiceClientBuilder> blobs) {
    HttpClient client = client();
    QueueServiceClientBuilder q =
        new QueueServiceClientBuilder().messageEncoding(QueueMessageEncoding.NONE);
    TableServiceClientBuilder t = new TableServiceClientBuilder().addPolicy(new TableAnswers());
    BlobServiceClientBuilder b = new BlobServiceClientBuilder();
    queues.accept(q);
    tables.accept(t);
    blobs.accept(b);
    finish(q, client, policies.apply("queues"));
    finish(t, client, policies.apply("tables"));
    finish(b, client, policies.apply("blobs"));
    return new SdkServices(q.buildClient(), t.buildClient(), b.buildClient());
  }

  private static HttpClient client() {
    return new JdkHttpClientBuilder()
        .connectionTimeout(CONNECT)
        .responseTimeout(TRY)
        .readTimeout(TRY)
        .writeTimeout(TRY)
        .build();
  }

  private static void finish(
      HttpTrait<?> builder, HttpClient client, List<HttpPipelinePolicy> policies) {
    builder.httpClient(client);
    builder.retryOptions(
        new RetryOptions(
            new ExponentialBackoffOptions()
                .setMaxRetries(MORE_TRIES)
                .setBaseDelay(FIRST_PAUSE)
                .setMaxDelay(LONGEST_PAUSE)));
    policies.forEach(builder::addPolicy);
  }

  /** Names the services, and no secret. */
  @Override
  public String toString() {
    return "services of " + queues.getAccountName();
  }
}
