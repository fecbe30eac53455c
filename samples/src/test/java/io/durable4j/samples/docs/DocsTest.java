package io.durable4j.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The pages show code that compiles, and lead where they say. */
class DocsTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern LIKE_JAVA = Pattern.compile("[;{]$", Pattern.MULTILINE);
  private static final Pattern NAMED_CLASS = Pattern.compile("`(?:[a-z]+\\.)*([A-Z]\\w+)`");
  private static final Pattern ADR = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

  @TestFactory
  List<DynamicTest> everyJavaBlockIsAPieceOfACompiledSource() throws IOException {
    List<List<String>> sources = sources();
    List<DynamicTest> tests = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Page.Block block : page.blocks()) {
        if (block.language().equals("java")) {
          String title = page + ": " + block.code().lines().findFirst().orElse("");
          tests.add(
              DynamicTest.dynamicTest(
                  title,
                  () ->
                      assertThat(
                              sources.stream()
                                  .anyMatch(s -> holds(s, block.code().lines().toList())))
                          .as("whether a source of the samples holds\n%s", block.code())
                          .isTrue()));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  @TestFactory
  List<DynamicTest> noJavaStandsElsewhere() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Page page : Page.all()) {
      tests.add(
          DynamicTest.dynamicTest(
              page.toString(),
              () -> {
                assertThat(page.prose())
                    .doesNotContain("```")
                    .doesNotContainPattern("(?m)^    \\S.*;$");
                for (Page.Block block : page.blocks()) {
                  if (!block.language().equals("java")) {
                    assertThat(LIKE_JAVA.matcher(block.code()).find()).as(block.code()).isFalse();
                  }
                }
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    return Page.all().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.toString(), () -> assertThat(page.links()).allMatch(page::leads)))
        .toList();
  }

  @Test
  void decisionsAreNumberedOnceAndListed() throws IOException {
    Path dir = Path.of("../docs/adr");
    String list = Files.readString(dir.resolve("README.md"));
    List<String> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        Matcher m = ADR.matcher(name);
        if (m.matches()) {
          numbers.add(m.group(1));
          String title = Files.readString(file).lines().findFirst().orElse("").substring(2);
          assertThat(title).startsWith(Integer.parseInt(m.group(1)) + ". ");
          assertThat(list).contains("[" + title + "](" + name + ")");
        } else {
          assertThat(name).isEqualTo("README.md");
        }
      }
    }
    assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void theHouseNamesClassesThatAreThere() throws IOException {
    Set<String> there = new TreeSet<>();
    for (String module :
        List.of(
            "durable-core",
            "durable-inmemory",
            "durable-azurestorage",
            "src/test-fixtures",
            "durable-benchmarks")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
        files.forEach(f -> there.add(f.getFileName().toString().replace(".java", "")));
      }
    }
    String house = Files.readString(Path.of("../ARCHITECTURE.md"));
    assertThat(
            NAMED_CLASS
                .matcher(house.substring(house.indexOf("## Where to look")))
                .results()
                .map(r -> r.group(1)))
        .hasSizeGreaterThan(20)
        .isSubsetOf(there);
  }

  @Test
  void theFrontPageNamesEverySample() throws IOException {
    String page = Files.readString(Path.of("../README.md"));
    Path samples = SOURCES.resolve("io/durable4j/samples");
    List<String> named = new ArrayList<>();
    try (Stream<Path> files = Files.walk(samples)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String where = samples.relativize(file.getParent()).toString();
        if (!where.equals("readme") && Files.readString(file).contains("static void main(")) {
          named.add("`" + where + "." + file.getFileName().toString().replace(".java", "`"));
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(9).allMatch(page::contains);
  }

  @Test
  void aPieceIsFoundWhateverItsIndentationAndNothingElse() {
    List<String> source = List.of("class A {", "  void b() {", "    c();", "", "  }", "}");
    assertThat(holds(source, List.of("void b() {", "  c();", "", "}"))).isTrue();
    assertThat(holds(source, List.of("void b() {", "c();"))).isFalse();
    assertThat(holds(source, List.of("void b() {", "  d();"))).isFalse();
    assertThat(holds(source, List.of("}", "}", "}"))).isFalse();
  }

  private static List<List<String>> sources() throws IOException {
    List<List<String>> all = new ArrayList<>();
    for (Path root : List.of(SOURCES, Path.of("testing/src"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          all.add(Files.readAllLines(file));
        }
      }
    }
    return all;
  }

  private static boolean holds(List<String> source, List<String> piece) {
    for (int at = 0; at + piece.size() <= source.size(); at++) {
      if (source.get(at).endsWith(piece.get(0)) && holdsAt(source, at, piece)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsAt(List<String> source, int at, List<String> piece) {
    String first = source.get(at);
    String indentation = first.substring(0, first.length() - piece.get(0).length());
    if (!indentation.isBlank()) {
      return false;
    }
    for (int i = 0; i < piece.size(); i++) {
      String line = piece.get(i);
      if (!source.get(at + i).equals(line.isEmpty() ? "" : indentation + line)) {
        return false;
      }
    }
    return true;
  }
}
