package io.durable4j.azurestorage.sdk;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.models.PeekedMessageItem;
import com.azure.storage.queue.models.QueueMessageItem;
import io.durable4j.azurestorage.account.Queues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Queues by the SDK. */
final class SdkQueues implements Queues {
  private static final Duration FOR_EVER = Duration.ofSeconds(-1);
  private static final String NOT_FOUND = "QueueNotFound";
  private static final String GONE = "MessageNotFound";
  private static final String TAKEN = "PopReceiptMismatch";

  private final QueueServiceClient service;
  private final Calls calls;
  private final ConcurrentHashMap<String, QueueClient> clients = new ConcurrentHashMap<>();

  SdkQueues(QueueServiceClient service, Calls calls) {
    this.service = service;
    this.calls = calls;
  }

  private QueueClient client(String queue) {
    return clients.computeIfAbsent(queue, service::getQueueClient);
  }

  @Override
  public boolean create(String queue) {
    return calls.run(
        queue,
        () -> client(queue).createWithResponse(null, null, Context.NONE),
        // without an error: of the same metadata, it was there before
        response -> response.getStatusCode() != Statuses.NO_CONTENT,
        Calls.Expected.code("QueueAlreadyExists", false));
  }

  @Override
  public boolean delete(String queue) {
    return calls.run(
        queue,
        () -> client(queue).deleteWithResponse(null, Context.NONE),
        response -> true,
        Calls.Expected.code(NOT_FOUND, false));
  }

  @Override
  public Receipt send(String queue, String text, Duration hidden) {
    return calls.run(
        queue,
        () -> client(queue).sendMessageWithResponse(text, hidden, FOR_EVER, null, Context.NONE),
        sent -> new Receipt(sent.getValue().getMessageId(), sent.getValue().getPopReceipt()));
  }

  @Override
  public List<Item> receive(String queue, int max, Duration hidden) {
    return calls.run(
        queue,
        () -> received(queue, max, hidden),
        page -> page.getValue().stream().map(SdkQueues::item).toList());
  }

  private PagedResponse<QueueMessageItem> received(String queue, int max, Duration hidden) {
    return client(queue)
        .receiveMessages(max, hidden, null, Context.NONE)
        .iterableByPage()
        .iterator()
        .next();
  }

  private static Item item(QueueMessageItem item) {
    return new Item(
        new Receipt(item.getMessageId(), item.getPopReceipt()),
        item.getBody().toString(),
        item.getInsertionTime().toInstant(),
        item.getDequeueCount());
  }

  @Override
  public @Nullable Receipt renew(String queue, Receipt receipt, Duration hidden) {
    return update(queue, receipt, null, hidden); // without a text, the text stays
  }

  @Override
  public @Nullable Receipt rewrite(String queue, Receipt receipt, String text, Duration hidden) {
    return update(queue, receipt, text, hidden);
  }

  private @Nullable Receipt update(
      String queue, Receipt receipt, @Nullable String text, Duration hidden) {
    Optional<Receipt> updated =
        calls.run(
            queue,
            () ->
                client(queue)
                    .updateMessageWithResponse(
                        receipt.id(), receipt.pop(), text, hidden, null, Context.NONE),
            response -> Optional.of(new Receipt(receipt.id(), response.getValue().getPopReceipt())),
            Calls.Expected.codes(GONE, TAKEN, Optional.empty()));
    return updated.orElse(null);
  }

  @Override
  public boolean delete(String queue, Receipt receipt) {
    return calls.run(
        queue,
        () ->
            client(queue)
                .deleteMessageWithResponse(receipt.id(), receipt.pop(), null, Context.NONE),
        response -> true,
        Calls.Expected.codes(GONE, TAKEN, false));
  }

  @Override
  public Look look(String queue) {
    Instant oldest =
        calls
            .run(queue, () -> peeked(queue), page -> page.getValue().stream().findFirst())
            .map(item -> item.getInsertionTime().toInstant())
            .orElse(null);
    return calls.run(
        queue,
        () -> client(queue).getPropertiesWithResponse(null, Context.NONE),
        response -> new Look(response.getValue().getApproximateMessagesCountLong(), oldest));
  }

  private PagedResponse<PeekedMessageItem> peeked(String queue) {
    return client(queue).peekMessages(1, null, Context.NONE).iterableByPage().iterator().next();
  }
}
