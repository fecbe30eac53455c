package io.durable4j.samples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a sample: options {@code --name value} and positional arguments.
 *
 * @param options the options by name, without the dashes
 * @param positional what is no option, in order
 */
public record SampleArgs(Map<String, String> options, List<String> positional) {
  /** Copies both. */
  public SampleArgs {
    options = Map.copyOf(options);
    positional = List.copyOf(positional);
  }

  /**
   * Parses a command line.
   *
   * @param args what main got
   * @param known the options that the sample has
   * @return the parsed line
   * @throws IllegalArgumentException for an unknown option or one without its value
   */
  public static SampleArgs parse(String[] args, Set<String> known) {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> positional = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        positional.add(args[i]);
        continue;
      }
      String name = args[i].substring(2);
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown option --" + name + "; there are " + new TreeSet<>(known));
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("The option --" + name + " needs a value");
      }
      options.put(name, args[++i]);
    }
    return new SampleArgs(options, positional);
  }

  /**
   * An option's value.
   *
   * @param name the option
   * @param fallback its default
   * @return the value as text
   */
  public String text(String name, String fallback) {
    return options.getOrDefault(name, fallback);
  }

  /**
   * An option's value.
   *
   * @param name the option
   * @param fallback its default
   * @return the value as a number
   */
  public int number(String name, int fallback) {
    String value = options.get(name);
    return value == null ? fallback : Integer.parseInt(value);
  }

  /**
   * An option's value.
   *
   * @param name the option
   * @param fallback its default, like {@code PT5S}
   * @return the value as a duration
   */
  public Duration duration(String name, String fallback) {
    return Duration.parse(text(name, fallback));
  }

  /**
   * An option's value.
   *
   * @param name the option
   * @return the value as an absolute path; null when it is not given
   */
  public @Nullable Path path(String name) {
    String value = options.get(name);
    return value == null ? null : Path.of(value).toAbsolutePath().normalize();
  }
}
