/** What activities are made of: contracts, references, and the context of a run. */
@org.jspecify.annotations.NullMarked
package io.durable4j.activity;
