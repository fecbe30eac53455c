package io.durable4j.samples.chaining;

/** What the chain does, one after the other. */
public interface Shipping {
  /**
   * Reserves an article.
   *
   * @param article which
   * @return the number of the reservation
   */
  String reserve(String article);

  /**
   * Packs what was reserved.
   *
   * @param reservation its number
   * @return the number of the parcel
   */
  String pack(String reservation);

  /**
   * Sends a parcel.
   *
   * @param parcel its number
   * @param address where to
   * @return the number to follow it by
   */
  String send(String parcel, String address);
}
