package io.durable4j.azurestorage.store;

import io.durable4j.history.MessageId;
import io.durable4j.spi.InstanceQueries.Page;
import io.durable4j.spi.InstanceQueries.Quarantined;
import io.durable4j.spi.InstanceQueries.Token;
import org.jspecify.annotations.Nullable;

/** The messages that were set aside, as {@link io.durable4j.spi.InstanceQueries} shows them. */
interface SetAside {
  /** Lists them. */
  Page<Quarantined> quarantined(@Nullable Token token);

  /** Puts one back into its queue; false when it is not there. */
  boolean requeue(MessageId message);

  /** Removes one; false when it is not there. */
  boolean drop(MessageId message);
}
