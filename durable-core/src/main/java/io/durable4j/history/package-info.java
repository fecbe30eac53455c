/** The recorded facts of an instance, in the vocabulary of the Durable Task family. */
@org.jspecify.annotations.NullMarked
package io.durable4j.history;
