/** What orchestrators are written with. */
@org.jspecify.annotations.NullMarked
package io.durable4j.orchestration;
