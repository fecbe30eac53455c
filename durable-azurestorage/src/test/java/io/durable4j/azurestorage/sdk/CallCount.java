package io.durable4j.azurestorage.sdk;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests that leave, each try of a call, by service and operation: {@code
 * queues.send}, {@code tables.transaction}, {@code blobs.get} for example. Thread-safe.
 */
public final class CallCount implements SdkServices.Policies {
  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public List<HttpPipelinePolicy> apply(String service) {
    return List.of(
        new HttpPipelineSyncPolicy() {
          @Override
          protected void beforeSendingRequest(HttpPipelineCallContext context) {
            String operation = service + "." + operation(service, context.getHttpRequest());
            counts.computeIfAbsent(operation, o -> new LongAdder()).increment();
          }
        });
  }

  /** The counts so far, by operation. */
  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((operation, count) -> all.put(operation, count.sum()));
    return all;
  }

  /** How many in all. */
  public long total() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Forgets them. */
  public void reset() {
    counts.clear();
  }

  private static String operation(String service, HttpRequest request) {
    URL url = request.getUrl();
    HttpMethod method = request.getHttpMethod();
    String query = url.getQuery() == null ? "" : url.getQuery();
    return switch (service) {
      case "queues" -> queue(method, url.getPath(), query);
      case "tables" -> table(method, url.getPath());
      default -> blob(method, query);
    };
  }

  private static String queue(HttpMethod method, String path, String query) {
    if (!path.contains("/messages")) {
      return method == HttpMethod.PUT ? "create" : method == HttpMethod.DELETE ? "drop" : "look";
    }
    if (method == HttpMethod.POST) {
      return "send";
    }
    if (method == HttpMethod.GET) {
      return query.contains("peekonly") ? "peek" : "receive";
    }
    return method == HttpMethod.PUT ? "update" : "delete";
  }

  private static String table(HttpMethod method, String path) {
    if (path.endsWith("/$batch")) {
      return "transaction";
    }
    if (method == HttpMethod.GET) {
      return path.endsWith("()") ? "find" : "get";
    }
    if (path.contains("/Tables")) {
      return method == HttpMethod.POST ? "create" : "drop";
    }
    return "write";
  }

  private static String blob(HttpMethod method, String query) {
    if (query.contains("comp=lease")) {
      return "lease";
    }
    if (query.contains("comp=list")) {
      return "list";
    }
    if (query.contains("restype=container")) {
      return method == HttpMethod.PUT ? "create" : "drop";
    }
    return method == HttpMethod.PUT ? "put" : method == HttpMethod.DELETE ? "delete" : "get";
  }
}
