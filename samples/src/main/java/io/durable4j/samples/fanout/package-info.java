/** Many activities at a time, and one result. */
@org.jspecify.annotations.NullMarked
package io.durable4j.samples.fanout;
