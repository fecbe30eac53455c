/** The ports of an account on the Azure SDK; the only package that knows it but the public door. */
@org.jspecify.annotations.NullMarked
package io.durable4j.azurestorage.sdk;
