/** What the interfaces of activities and entities say: names, types, declared failures. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.contract;
