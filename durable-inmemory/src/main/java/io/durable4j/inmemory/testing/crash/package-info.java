/**
 * The crash explorer: it learns the durable boundaries of a workflow, runs it again with a crash
 * before and after each, with activities delivered twice and events in another order, and tells
 * what that broke. Begin with {@link io.durable4j.inmemory.testing.crash.CrashExplorer}.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.testing.crash;
