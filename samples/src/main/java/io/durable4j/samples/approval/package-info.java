/** A person's answer, with a deadline. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.approval;
