package io.durable4j.azurestorage.fault;

import io.durable4j.azurestorage.account.Account;
import io.durable4j.azurestorage.account.Blobs;
import io.durable4j.azurestorage.account.Queues;
import io.durable4j.azurestorage.account.Tables;
import io.durable4j.fixtures.storage.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Set;

/**
 * An account that counts the calls which change something, and fails one of them. Not counted is
 * what depends on how much time goes by: looks, renewals of messages, writes of partition rows.
 */
record FaultyAccount(Account inner, Faults faults) implements Account {
  private static final Set<String> CHANGES = Set.of("send", "rewrite", "delete", "write", "put");

  @Override
  public Queues queues() {
    return counted(Queues.class, inner.queues());
  }

  @Override
  public Tables tables() {
    return counted(Tables.class, inner.tables());
  }

  @Override
  public Blobs blobs() {
    return counted(Blobs.class, inner.blobs());
  }

  @Override
  public InstantSource clock() {
    return inner.clock();
  }

  @Override
  public void close() {
    inner.close();
  }

  private <T> T counted(Class<T> type, T to) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              boolean counts =
                  CHANGES.contains(method.getName())
                      && !String.valueOf(args[0]).endsWith("Partitions");
              String what = type.getSimpleName() + "." + method.getName();
              Answer answer =
                  counts
                      ? faults.call(what + " " + args[0], () -> answer(method, to, args))
                      : answer(method, to, args);
              if (answer.thrown() != null) {
                throw answer.thrown();
              }
              return answer.value();
            });
    return type.cast(proxy);
  }

  private record Answer(
      @org.jspecify.annotations.Nullable Object value,
      @org.jspecify.annotations.Nullable Throwable thrown) {}

  private static Answer answer(Method method, Object to, Object[] args) {
    try {
      return new Answer(method.invoke(to, args), null);
    } catch (InvocationTargetException e) {
      return new Answer(null, e.getTargetException());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
