package io.durable4j.azurestorage.scenario;

import io.durable4j.spi.Backend;
import io.durable4j.spi.Capabilities;
import io.durable4j.spi.HubSpec;
import io.durable4j.spi.TaskHub;
import io.durable4j.spi.WakeUps;

/**
 * A backend that calls its hub otherwise than it is asked to, so that several fit into an account.
 *
 * @param inner the backend
 * @param name the hub's name in the account
 */
record RenamedHub(Backend inner, String name) implements Backend {
  @Override
  public Capabilities capabilities() {
    return inner.capabilities();
  }

  @Override
  public HubSpec create(HubSpec spec) {
    return new HubSpec(spec.name(), inner.create(renamed(spec)).partitions());
  }

  @Override
  public void delete() {
    inner.delete();
  }

  @Override
  public TaskHub open(HubSpec spec, WakeUps wakeUps) {
    return inner.open(renamed(spec), wakeUps);
  }

  @Override
  public void close() {
    inner.close();
  }

  private HubSpec renamed(HubSpec spec) {
    return new HubSpec(name, spec.partitions());
  }
}
