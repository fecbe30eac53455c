/** Replay, driven by hand: histories are grown episode by episode without storage. */
@org.jspecify.annotations.NullMarked
package io.durable4j.replaytest;
