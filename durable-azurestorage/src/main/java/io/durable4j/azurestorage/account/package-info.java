/**
 * The three services of a storage account, as far as a task hub needs them. What stores a hub
 * ({@code store}) knows these types only; behind them stands the Azure SDK, or an account in memory
 * whose clock a test drives. Both are held to the same tests.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.account;
