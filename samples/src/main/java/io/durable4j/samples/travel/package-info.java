/** A saga: what was booked is given back when the trip fails. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.travel;
