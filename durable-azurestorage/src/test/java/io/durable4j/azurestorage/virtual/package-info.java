/** The engine on accounts in memory, in virtual time: what the account holds, and who reads it. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.virtual;
