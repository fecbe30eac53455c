/** What an activity interface says: names in history, types, declared failures. */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.contract;
