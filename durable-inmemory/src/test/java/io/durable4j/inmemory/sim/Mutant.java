package io.durable4j.inmemory.sim;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A wrong engine or backend: the real source with a few words changed.
 *
 * @param name the fault, in words
 * @param edits the changes
 */
record Mutant(String name, List<Edit> edits) {
  /** Copies the list. */
  Mutant {
    edits = List.copyOf(edits);
  }

  static Mutant of(String name, Edit... edits) {
    return new Mutant(name, List.of(edits));
  }

  /**
   * One change of one source file.
   *
   * @param file the file, from the root of its sources
   * @param find the text to be replaced; any white space in it stands for any other
   * @param replacement what comes in its place
   */
  record Edit(String file, String find, String replacement) {
    /**
     * Makes the change.
     *
     * @param source the text of the file
     * @return the changed text
     * @throws IllegalStateException when the text is not there, or more than once
     */
    String applyTo(String source) {
      Matcher matcher = pattern().matcher(source);
      List<MatchResult> places = matcher.results().toList();
      if (places.size() != 1) {
        throw new IllegalStateException(
            file + " has " + places.size() + " places, not one, with the text: " + find);
      }
      MatchResult place = places.get(0);
      return source.substring(0, place.start()) + replacement + source.substring(place.end());
    }

    private Pattern pattern() {
      return Pattern.compile(
          Arrays.stream(find.trim().split("\\s+"))
              .map(Pattern::quote)
              .collect(Collectors.joining("\\s+")));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
