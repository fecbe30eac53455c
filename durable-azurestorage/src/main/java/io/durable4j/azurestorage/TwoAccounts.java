package io.durable4j.azurestorage;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Tables;
import java.time.InstantSource;

/**
 * Queues of one account, tables and blobs of another. The clock is that of the tables, which tell
 * who owns a partition until when.
 *
 * @param main has the queues
 * @param tracking has tables and blobs
 */
record TwoAccounts(Account main, Account tracking) implements Account {
  @Override
  public Queues queues() {
    return main.queues();
  }

  @Override
  public Tables tables() {
    return tracking.tables();
  }

  @Override
  public Tables urgentTables() {
    return tracking.urgentTables();
  }

  @Override
  public Blobs blobs() {
    return tracking.blobs();
  }

  @Override
  public InstantSource clock() {
    return tracking.clock();
  }

  @Override
  public void close() {
    main.close();
    tracking.close();
  }
}
