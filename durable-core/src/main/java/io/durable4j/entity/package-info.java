/** The API of entities: durable objects that are addressed by name and key. */
@org.jspecify.annotations.NullMarked
package io.durable4j.entity;
