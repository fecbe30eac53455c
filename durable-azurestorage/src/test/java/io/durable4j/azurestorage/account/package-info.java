/** What every account must do, as tests. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.account;
