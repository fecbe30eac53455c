/** Starts hosts on a drive of the caller's: the seam for simulations and virtual time. */
@org.jspecify.annotations.NullMarked
package io.durable4j.host;
