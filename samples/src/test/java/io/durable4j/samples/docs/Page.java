package io.durable4j.samples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path where it is
 * @param text what it says
 */
record Page(Path path, String text) {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FENCE =
      Pattern.compile("^([ \\t]*)```(\\w*)\\n(.*?)^\\1```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]*)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

  /**
   * A block of code.
   *
   * @param language what the fence says; may be empty
   * @param code the code, without indentation that all its lines share
   */
  record Block(String language, String code) {}

  /** Those beside the parent POM, and all under docs. */
  static List<Page> all() throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(p -> p.toString().endsWith(".md")).forEach(paths::add);
    }
    return paths.stream().sorted().map(Page::read).toList();
  }

  private static Page read(Path path) {
    try {
      return new Page(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Block> blocks() {
    List<Block> all = new ArrayList<>();
    Matcher m = FENCE.matcher(text);
    while (m.find()) {
      all.add(new Block(m.group(2), m.group(3).stripIndent()));
    }
    return all;
  }

  /** What stands outside of blocks of code. */
  String prose() {
    return FENCE.matcher(text).replaceAll("");
  }

  /** Targets inside this checkout. */
  List<String> links() {
    return LINK.matcher(prose()).results().map(r -> r.group(1)).toList();
  }

  /** Whether a link leads to a file, and to a heading of it where it names one. */
  boolean leads(String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]);
    return Files.exists(target) && (parts.length == 1 || read(target).anchors().contains(parts[1]));
  }

  private Set<String> anchors() {
    Set<String> anchors = new TreeSet<>();
    HEADING
        .matcher(prose())
        .results()
        .map(r -> r.group(1).toLowerCase(Locale.ROOT))
        .forEach(h -> anchors.add(h.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-')));
    return anchors;
  }

  @Override
  public String toString() {
    return ROOT.relativize(path).toString();
  }
}
