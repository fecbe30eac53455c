package io.durable4j.samples.travel;

/** What a travel agency asks others for. Cancelling what was never booked does no harm. */
public interface Booking {
  /**
   * Books one part of a trip.
   *
   * @param what for example a hotel
   * @param trip the trip's number
   * @return the number of the booking
   * @throws SoldOut when there is none left
   */
  String book(String what, String trip) throws SoldOut;

  /**
   * Cancels one part of a trip.
   *
   * @param what for example a hotel
   * @param trip the trip's number
   */
  void cancel(String what, String trip);

  /** There is none left. */
  final class SoldOut extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what is sold out
     */
    public SoldOut(String message) {
      super(message);
    }
  }
}
