/** What a host tells about itself: its health, and events for meters, traces and logs. */
@org.jspecify.annotations.NullMarked
package io.durable4j.observe;
