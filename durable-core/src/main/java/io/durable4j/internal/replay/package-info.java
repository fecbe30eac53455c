/** History in, decisions out. Pure: no threads, no clocks, no storage. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.replay;
