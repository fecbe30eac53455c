package io.durable4j.azurestorage.sdk;

import com.azure.data.tables.models.TableEntity;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.azurestorage.format.Row;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as the SDK's entities, and back. */
final class RowEntities {
  private static final String ETAG = "odata.etag";
  private static final String TYPE = "@odata.type";
  private static final String PARTITION_KEY = "PartitionKey";
  private static final String ROW_KEY = "RowKey";
  private static final String TIMESTAMP = "Timestamp";

  private RowEntities() {}

  /** A row, of a version or of any. */
  static TableEntity entity(Row row, @Nullable String etag) {
    TableEntity entity = new TableEntity(row.partitionKey(), row.rowKey());
    row.columns()
        .forEach(
            (name, value) -> {
              entity.addProperty(name, written(value));
              if (value instanceof Double) { // a whole one would come back as an integer
                entity.addProperty(name + TYPE, "Edm.Double");
              }
            });
    if (etag != null) {
      entity.addProperty(ETAG, etag);
    }
    return entity;
  }

  private static Object written(Object value) {
    return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
  }

  static Tables.Found found(TableEntity entity) {
    Map<String, Object> columns = new LinkedHashMap<>();
    entity
        .getProperties()
        .forEach(
            (name, value) -> {
              if (isColumn(name) && value != null) {
                columns.put(name, read(value));
              }
            });
    Row row = new Row(entity.getPartitionKey(), entity.getRowKey(), columns);
    return new Tables.Found(row, Objects.requireNonNull(entity.getETag(), "a row without ETag"));
  }

  private static boolean isColumn(String name) {
    return !name.startsWith("odata.")
        && !name.contains("@odata.")
        && !name.equals(PARTITION_KEY)
        && !name.equals(ROW_KEY)
        && !name.equals(TIMESTAMP);
  }

  private static Object read(Object value) {
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return value instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC) : value;
  }
}
