package io.durable4j.azurestorage.fake;

import io.durable4j.azurestorage.account.AccountException;
import io.durable4j.azurestorage.account.AccountException.Reason;
import io.durable4j.azurestorage.account.Blobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Blobs in memory. */
final class FakeBlobs implements Blobs {
  private static final int PAGE = 100;
  private static final int MIN_LEASE = 15;
  private static final int MAX_LEASE = 60;

  private final FakeAccount account;
  private final Map<String, NavigableMap<String, Blob>> containers = new LinkedHashMap<>();
  private final Map<String, Lease> leases = new LinkedHashMap<>();
  private long etags;

  FakeBlobs(FakeAccount account) {
    this.account = account;
  }

  private record Lease(UUID id, Instant until, Duration how) {}

  @Override
  public boolean create(String container) {
    return account.call(
        "blobs.create", () -> containers.putIfAbsent(container, new TreeMap<>()) == null);
  }

  @Override
  public boolean delete(String container) {
    return account.call(
        "blobs.deleteContainer",
        () -> {
          leases.remove(container);
          return containers.remove(container) != null;
        });
  }

  private NavigableMap<String, Blob> blobs(String container) {
    NavigableMap<String, Blob> blobs = containers.get(container);
    if (blobs == null) {
      throw new AccountException(Reason.MISSING, "No container " + container, null);
    }
    return blobs;
  }

  private Blob fresh(byte[] bytes) {
    return new Blob(bytes.clone(), "\"0x" + ++etags + "\"");
  }

  @Override
  public void put(String container, String name, byte[] bytes) {
    account.call("blobs.put", () -> blobs(container).put(name, fresh(bytes)) == null);
  }

  @Override
  public boolean put(String container, String name, byte[] bytes, @Nullable String etag) {
    return account.call(
        "blobs.put",
        () -> {
          Blob there = blobs(container).get(name);
          if (there == null ? etag != null : !there.etag().equals(etag)) {
            return false;
          }
          blobs(container).put(name, fresh(bytes));
          return true;
        });
  }

  @Override
  public @Nullable Blob get(String container, String name) {
    List<Blob> found =
        account.call(
            "blobs.get",
            () -> {
              NavigableMap<String, Blob> blobs = containers.get(container);
              Blob blob = blobs == null ? null : blobs.get(name);
              return blob == null ? List.of() : List.of(blob);
            });
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public boolean delete(String container, String name) {
    return account.call(
        "blobs.delete",
        () -> containers.containsKey(container) && blobs(container).remove(name) != null);
  }

  @Override
  public Page list(String container, String prefix, @Nullable String token) {
    return account.call(
        "blobs.list",
        () -> {
          if (!containers.containsKey(container)) {
            return new Page(List.of(), null);
          }
          String from = token == null ? prefix : token;
          List<String> names = new ArrayList<>();
          for (String name : blobs(container).tailMap(from, true).keySet()) {
            if (!name.startsWith(prefix)) {
              break;
            }
            if (names.size() == PAGE) {
              return new Page(names, name);
            }
            names.add(name);
          }
          return new Page(names, null);
        });
  }

  @Override
  public String url(String container) {
    return "https://fake.blob.core.windows.net/" + container;
  }

  private @Nullable Lease held(String container) {
    blobs(container);
    Lease lease = leases.get(container);
    return lease == null || !lease.until().isAfter(account.clock().instant()) ? null : lease;
  }

  @Override
  public boolean lease(String container, UUID id, Duration how) {
    if (how.toSeconds() < MIN_LEASE || how.toSeconds() > MAX_LEASE) {
      throw new AccountException(Reason.REFUSED, "Out of range: lease of " + how, null);
    }
    return account.call(
        "blobs.lease",
        () -> {
          Lease held = held(container);
          if (held != null && !held.id().equals(id)) {
            return false;
          }
          leases.put(container, new Lease(id, account.clock().instant().plus(how), how));
          return true;
        });
  }

  @Override
  public boolean changeLease(String container, UUID from, UUID to) {
    return account.call(
        "blobs.changeLease",
        () -> {
          Lease held = held(container);
          if (held == null || !(held.id().equals(from) || held.id().equals(to))) {
            return false;
          }
          leases.put(container, new Lease(to, held.until(), held.how()));
          return true;
        });
  }

  @Override
  public boolean releaseLease(String container, UUID id) {
    return account.call(
        "blobs.releaseLease",
        () -> {
          Lease held = held(container);
          if (held == null || !held.id().equals(id)) {
            return false;
          }
          leases.remove(container);
          return true;
        });
  }
}
