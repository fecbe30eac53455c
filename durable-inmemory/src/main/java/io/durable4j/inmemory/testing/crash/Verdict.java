package io.durable4j.inmemory.testing.crash;

import java.util.function.Function;

/**
 * Something wrong with one run.
 *
 * @param subject what is wrong, apart from where
 * @param place where, without the order of arrivals that led there
 * @param step where, for a person
 * @param finding makes a finding of it
 */
record Verdict(String subject, String place, String step, Function<Evidence, Finding> finding) {
  String signature() {
    return subject + " at " + place;
  }
}
