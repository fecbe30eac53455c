package io.durable4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Options {@code --name value...} of a command. An option that is given twice has both values. */
public final class CommandLine {
  private final Map<String, List<String>> options;

  private CommandLine(Map<String, List<String>> options) {
    this.options = options;
  }

  /**
   * Parses a command's arguments.
   *
   * @param args what follows the command
   * @param known the options that it has
   * @return the options
   * @throws UsageException for an unknown option, or one without its value
   */
  public static CommandLine parse(List<String> args, Set<String> known) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    String name = null;
    for (String arg : args) {
      if (arg.startsWith("--")) {
        requireValue(options, name);
        name = arg.substring(2);
        if (!known.contains(name)) {
          throw new UsageException(
              "There is no option " + arg + "; there are --" + String.join(", --", sorted(known)));
        }
        options.computeIfAbsent(name, n -> new ArrayList<>());
      } else if (name == null) {
        throw new UsageException("'" + arg + "' is no option; options begin with --");
      } else {
        options.getOrDefault(name, new ArrayList<>()).add(arg);
      }
    }
    requireValue(options, name);
    return new CommandLine(options);
  }

  private static void requireValue(Map<String, List<String>> options, @Nullable String name) {
    if (name != null && options.getOrDefault(name, List.of()).isEmpty()) {
      throw new UsageException("The option --" + name + " needs a value");
    }
  }

  private static Set<String> sorted(Set<String> known) {
    return new TreeSet<>(known);
  }

  /**
   * The values of an option.
   *
   * @param name the option
   * @return its values in order; none when it is not given
   */
  public List<String> all(String name) {
    return List.copyOf(options.getOrDefault(name, List.of()));
  }

  /**
   * The value of an option that may be given once.
   *
   * @param name the option
   * @return the value; null when it is not given
   * @throws UsageException when it has several
   */
  public @Nullable String one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw new UsageException("The option --" + name + " takes one value, not " + values);
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * The value of an option that must be given.
   *
   * @param name the option
   * @return the value
   * @throws UsageException when it is missing or has several
   */
  public String required(String name) {
    String value = one(name);
    if (value == null) {
      throw new UsageException("The option --" + name + " is missing");
    }
    return value;
  }

  /**
   * The value of an option that has few.
   *
   * @param name the option
   * @param choices what it may be
   * @param fallback what it is when it is not given
   * @return one of the choices
   * @throws UsageException for another value
   */
  public String choice(String name, List<String> choices, String fallback) {
    String value = one(name);
    if (value == null) {
      return fallback;
    }
    if (!choices.contains(value)) {
      throw new UsageException(
          "--" + name + " cannot be '" + value + "'; it is one of " + String.join(", ", choices));
    }
    return value;
  }

  /**
   * The value of an option that is a number.
   *
   * @param name the option
   * @param fallback what it is when it is not given
   * @param min the least
   * @param max the most
   * @return the number
   * @throws UsageException for no number, or one out of range
   */
  public double number(String name, double fallback, double min, double max) {
    String value = one(name);
    if (value == null) {
      return fallback;
    }
    try {
      double number = Double.parseDouble(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException(
        "--" + name + " cannot be '" + value + "'; it is a number from " + min + " to " + max);
  }

  /**
   * The value of an option that is a whole number.
   *
   * @param name the option
   * @param fallback what it is when it is not given
   * @param min the least
   * @param max the most
   * @return the number
   * @throws UsageException for no whole number, or one out of range
   */
  public int whole(String name, int fallback, int min, int max) {
    String value = one(name);
    if (value == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException(
        "--"
            + name
            + " cannot be '"
            + value
            + "'; it is a whole number from "
            + min
            + " to "
            + max);
  }
}
