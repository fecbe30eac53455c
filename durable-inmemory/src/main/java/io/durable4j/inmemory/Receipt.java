package io.durable4j.inmemory;

/**
 * The proof of one delivery. Compared by identity, so that no other delivery ever has an equal one.
 */
final class Receipt {
  private final MessageRow of;

  Receipt(MessageRow of) {
    this.of = of;
  }

  @Override
  public String toString() {
    return "Receipt[" + of.order() + "]";
  }
}
