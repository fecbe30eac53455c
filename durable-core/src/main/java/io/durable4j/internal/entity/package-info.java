/** Entities: what they are told and answer, and the batches in which they are told. Pure. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.entity;
