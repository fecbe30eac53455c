package io.durable4j.azurestorage.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** All services of an account that give one answer to everything. */
final class StubService implements AutoCloseable {
  static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
  static final String SIGNATURE = "U0lHTkFUVVJFU0lHTkFUVVJF";

  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int status;
  private volatile String code = "";
  private volatile String type = "";
  private volatile String body = "";

  StubService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(UTF_8);
          if (!code.isEmpty()) {
            exchange.getResponseHeaders().set("x-ms-error-code", code);
          }
          exchange.getResponseHeaders().set("x-ms-request-id", "request-7");
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  /** An error as the table service writes it. */
  void json(int status, String code) {
    answer(
        status,
        "",
        "application/json;odata=minimalmetadata",
        "{\"odata.error\":{\"code\":\""
            + code
            + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"0:No.\\nRequestId:1\"}}}");
  }

  /** An error as the other services write it, and gates before all of them; repeats secrets. */
  void xml(int status, String code) {
    answer(
        status,
        code,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>"
            + code
            + "</Code><Message>Signature did not match: "
            + KEY
            + " "
            + SIGNATURE
            + "</Message></Error>");
  }

  void answer(int status, String code, String type, String body) {
    this.status = status;
    this.code = code;
    this.type = type;
    this.body = body;
  }

  int calls() {
    return calls.get();
  }

  String withKey() {
    return "AccountName=acc;AccountKey=" + KEY + endpoints();
  }

  String withSas() {
    return "SharedAccessSignature=sv=2021-12-02&ss=bqt&sig=" + SIGNATURE + endpoints();
  }

  private String endpoints() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/acc";
    return ";QueueEndpoint=" + url + ";TableEndpoint=" + url + ";BlobEndpoint=" + url;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
