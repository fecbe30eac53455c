package io.durable4j.benchmarks.load;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What lives on the heap, after a collection, in bytes.
 *
 * @param all everything
 * @param engine objects of our classes, without what they refer to
 * @param storage objects of the in-memory backend's classes, counted in {@code engine}, too
 */
record Heap(long all, long engine, long storage) {
  private static final String OURS = "io.durable4j.";
  private static final String STORAGE = OURS + "inmemory.";

  static Heap now() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return parse(text.toString());
    } catch (JMException e) {
      throw new IllegalStateException("Cannot look at the heap", e);
    }
  }

  /** Reads lines {@code rank: instances bytes class}. */
  static Heap parse(String histogram) {
    long all = 0;
    long engine = 0;
    long storage = 0;
    for (String line : histogram.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length < 4 || !words[0].endsWith(":")) {
        continue;
      }
      long bytes = Long.parseLong(words[2]);
      String name = words[3].replaceFirst("^\\[+L", "");
      all += bytes;
      engine += name.startsWith(OURS) ? bytes : 0;
      storage += name.startsWith(STORAGE) ? bytes : 0;
    }
    return new Heap(all, engine, storage);
  }

  Heap minus(Heap other) {
    return new Heap(all - other.all, engine - other.engine, storage - other.storage);
  }
}
