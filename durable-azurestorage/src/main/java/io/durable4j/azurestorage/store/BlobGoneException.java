package io.durable4j.azurestorage.store;

import io.durable4j.data.DurableException;

/** Of a message nothing is left but the name of a blob that is not there any more. */
final class BlobGoneException extends DurableException {
  private static final long serialVersionUID = 1;

  BlobGoneException(String message) {
    super(message);
  }
}
