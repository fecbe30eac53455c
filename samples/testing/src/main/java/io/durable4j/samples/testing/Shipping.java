package io.durable4j.samples.testing;

/** A carrier. */
public interface Shipping {
  /**
   * Has a parcel fetched. Asked twice for the same order, it comes once.
   *
   * @param order the order's number
   * @param parcels how many parcels
   * @return the number by which the parcel can be followed
   */
  String ship(String order, int parcels);
}
