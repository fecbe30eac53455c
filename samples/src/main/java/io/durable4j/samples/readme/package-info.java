/** The example of the front page. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.readme;
