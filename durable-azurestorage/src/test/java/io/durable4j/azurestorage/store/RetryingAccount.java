package io.durable4j.azurestorage.store;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Tables;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account whose client lost the answer to one write of a table, and made it once more.
 *
 * @param inner the account
 * @param at which write
 * @param writes how many there were, one element
 * @param meanwhile what others do before it is made once more
 */
record RetryingAccount(Account inner, int at, int[] writes, Runnable meanwhile) implements Account {
  @Override
  public Queues queues() {
    return inner.queues();
  }

  @Override
  public Tables tables() {
    return new Twice(inner.tables());
  }

  @Override
  public Blobs blobs() {
    return inner.blobs();
  }

  @Override
  public InstantSource clock() {
    return inner.clock();
  }

  @Override
  public void close() {}

  private final class Twice implements Tables {
    private final Tables tables;

    Twice(Tables tables) {
      this.tables = tables;
    }

    @Override
    public boolean create(String table) {
      return tables.create(table);
    }

    @Override
    public boolean delete(String table) {
      return tables.delete(table);
    }

    @Override
    public @Nullable Found get(String table, String partitionKey, String rowKey) {
      return tables.get(table, partitionKey, rowKey);
    }

    @Override
    public Page find(String table, Find find, @Nullable String token) {
      return tables.find(table, find, token);
    }

    @Override
    public Outcome write(String table, List<Write> all) {
      Outcome outcome = tables.write(table, all);
      if (++writes[0] != at) {
        return outcome;
      }
      meanwhile.run();
      return tables.write(table, all);
    }
  }
}
