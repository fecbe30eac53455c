/** What applications start, watch and steer orchestrations with. */
@org.jspecify.annotations.NullMarked
package io.durable4j.client;
