/** The code that the pages show. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.snippets;
