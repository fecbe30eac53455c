/**
 * Controlled threads: one of them runs at a time, a chooser says which, and the clock jumps when
 * all of them wait. The same choices give the same run.
 */
@org.jspecify.annotations.NullMarked
package io.durable4j.internal.controlled;
