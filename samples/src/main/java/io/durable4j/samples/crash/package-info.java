/** A workflow whose crash bugs are looked for: what docs/crash-explorer.md shows. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.crash;
