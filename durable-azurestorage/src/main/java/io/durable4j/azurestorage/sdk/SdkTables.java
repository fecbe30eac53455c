package io.durable4j.azurestorage.sdk;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import io.durable4j.azurestorage.account.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tables by the SDK. */
final class SdkTables implements Tables {
  private static final String ROW_MISSING = "ResourceNotFound";
  private static final String TABLE_MISSING = "TableNotFound";
  private static final TableEntityUpdateMode REPLACE = TableEntityUpdateMode.REPLACE;
  private static final TableEntityUpdateMode MERGE = TableEntityUpdateMode.MERGE;

  private final TableServiceClient service;
  private final Calls calls;
  private final ConcurrentHashMap<String, TableClient> clients = new ConcurrentHashMap<>();

  SdkTables(TableServiceClient service, Calls calls) {
    this.service = service;
    this.calls = calls;
  }

  private TableClient client(String table) {
    return clients.computeIfAbsent(table, service::getTableClient);
  }

  @Override
  public boolean create(String table) {
    return calls.run(
        table,
        () -> client(table).createTableWithResponse(null, Context.NONE),
        response -> true,
        Calls.Expected.code("TableAlreadyExists", false));
  }

  @Override
  public boolean delete(String table) {
    return calls.run(
        table,
        () -> client(table).deleteTableWithResponse(null, Context.NONE),
        // the SDK takes a table that is not there for one that it deleted
        response -> response.getStatusCode() != Statuses.NOT_FOUND,
        Calls.Expected.codes(ROW_MISSING, TABLE_MISSING, false));
  }

  @Override
  public @Nullable Found get(String table, String partitionKey, String rowKey) {
    Optional<Found> found =
        calls.run(
            table,
            () ->
                client(table).getEntityWithResponse(partitionKey, rowKey, null, null, Context.NONE),
            response -> Optional.of(RowEntities.found(response.getValue())),
            Calls.Expected.code(ROW_MISSING, Optional.empty()));
    return found.orElse(null);
  }

  @Override
  public Page find(String table, Find find, @Nullable String token) {
    return calls.run(
        table,
        () -> page(table, find, token),
        page ->
            new Page(
                page.getValue().stream().map(RowEntities::found).toList(),
                page.getContinuationToken()));
  }

  private PagedResponse<TableEntity> page(String table, Find find, @Nullable String token) {
    ListEntitiesOptions options = new ListEntitiesOptions().setTop(find.max());
    if (!find.filter().isEmpty()) {
      options.setFilter(find.filter());
    }
    if (!find.columns().isEmpty()) {
      List<String> columns = new ArrayList<>(List.of("PartitionKey", "RowKey"));
      columns.addAll(find.columns());
      options.setSelect(columns);
    }
    return client(table)
        .listEntities(options, null, Context.NONE)
        .iterableByPage(token)
        .iterator()
        .next();
  }

  @Override
  public Outcome write(String table, List<Write> writes) {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw calls.refused(table, writes.size() + " writes in a transaction: 1 to " + MAX_WRITES);
    }
    boolean plain = writes.size() == 1 && !(writes.get(0) instanceof Write.Delete);
    return plain ? single(table, writes.get(0)) : several(table, writes);
  }

  /** A write without the wrapping of a transaction, which costs the service more. */
  private Outcome single(String table, Write write) {
    Supplier<Response<Void>> request = request(client(table), write);
    return calls.run(
        table,
        request,
        response ->
            new Outcome.Done(
                List.of(TableAnswers.whole(response.getHeaders().getValue(HttpHeaderName.ETAG)))),
        SdkTables::conflict);
  }

  private static Supplier<Response<Void>> request(TableClient client, Write write) {
    TableTransactionAction action = action(write);
    TableEntity row = action.getEntity();
    boolean seen = action.getIfUnchanged();
    return switch (action.getActionType()) {
      case CREATE -> () -> client.createEntityWithResponse(row, null, Context.NONE);
      case UPDATE_REPLACE ->
          () -> client.updateEntityWithResponse(row, REPLACE, seen, null, Context.NONE);
      case UPDATE_MERGE ->
          () -> client.updateEntityWithResponse(row, MERGE, seen, null, Context.NONE);
      case UPSERT_REPLACE ->
          () -> client.upsertEntityWithResponse(row, REPLACE, null, Context.NONE);
      case UPSERT_MERGE -> () -> client.upsertEntityWithResponse(row, MERGE, null, Context.NONE);
      case DELETE ->
          throw new IllegalStateException(
              "a deletion by itself tells no missing row from a missing table");
    };
  }

  private Outcome several(String table, List<Write> writes) {
    List<TableTransactionAction> actions = writes.stream().map(SdkTables::action).toList();
    TableAnswers.Versions versions = new TableAnswers.Versions();
    return calls.run(
        table,
        () -> client(table).submitTransactionWithResponse(actions, null, versions.context()),
        response -> new Outcome.Done(versions.of(writes.size())),
        SdkTables::conflict);
  }

  private static Outcome conflict(Refusal refusal, Supplier<RuntimeException> failure) {
    return switch (refusal.code()) {
      case "EntityAlreadyExists" -> new Outcome.Conflict(Kind.EXISTS);
      case "UpdateConditionNotSatisfied", "ConditionNotMet" -> new Outcome.Conflict(Kind.CHANGED);
      case ROW_MISSING, "EntityNotFound" -> new Outcome.Conflict(Kind.MISSING);
      default -> throw failure.get();
    };
  }

  private static TableTransactionAction action(Write write) {
    if (write instanceof Write.Insert) {
      return action(TableTransactionActionType.CREATE, write, null);
    }
    if (write instanceof Write.Replace replace) {
      return action(TableTransactionActionType.UPDATE_REPLACE, write, replace.etag());
    }
    if (write instanceof Write.Merge merge) {
      return action(TableTransactionActionType.UPDATE_MERGE, write, merge.etag());
    }
    if (write instanceof Write.Delete delete) {
      return action(TableTransactionActionType.DELETE, write, delete.etag());
    }
    return write instanceof Write.InsertOrReplace
        ? action(TableTransactionActionType.UPSERT_REPLACE, write, null)
        : action(TableTransactionActionType.UPSERT_MERGE, write, null);
  }

  private static TableTransactionAction action(
      TableTransactionActionType type, Write write, @Nullable String etag) {
    String seen = ANY.equals(etag) ? null : etag;
    return new TableTransactionAction(type, RowEntities.entity(write.row(), seen), seen != null);
  }
}
