/** Rolling deploys: two versions of a program side by side on one hub. */
@org.jspecify.annotations.NullMarked
package io.durable4j.inmemory.roll;
