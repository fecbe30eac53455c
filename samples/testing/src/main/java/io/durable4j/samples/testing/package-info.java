/** A workflow that is worth a test: an order that is reserved, charged, packed and shipped. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.testing;
