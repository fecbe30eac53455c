package io.durable4j.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.durable4j.benchmarks.UsageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the chart shows. */
final class ChartTest {
  private static final String LINE =
      "{\"scenario\":\"%s\",\"unit\":\"%s\",\"perSecond\":%s,\"backend\":\"%s\",\"sessions\":\"%s\",\"java\":\"%s\"}";

  @TempDir Path directory;

  @Test
  void everyFigureIsDrawnAtItsPlace() throws Exception {
    Path memory =
        file(
            "m",
            line("hello", "orchestration", 1_000, "memory", "off"),
            line("hello", "orchestration", 100_000, "memory", "warm"),
            line("waiting", "start", 5, "memory", "warm"),
            "");
    Path journal =
        file(
            "j",
            line("fsync", "fsync", 100, "journal", "live"),
            line("hello", "orchestration", 1, "journal", "live"),
            line("hello", "orchestration", 10, "journal", "live"));
    Document svg = draw(memory, journal);
    assertThat(texts(svg))
        .contains(
            "memory, Java 17",
            "journal, Java 17",
            "hello",
            "1,000 orchestrations/s",
            "100,000 orchestrations/s",
            "10 orchestrations/s",
            "one fsync after the other",
            "sessions off",
            "sessions warm",
            "sessions live")
        .doesNotContain("1.0 orchestrations/s", "waiting", "fsync");
    List<Element> bars = lines(svg, "warm");
    assertThat(bars).hasSize(1);
    double off = end(lines(svg, "off").get(0));
    double warm = end(bars.get(0));
    double live = end(lines(svg, "live").get(0));
    assertThat(warm - off).as("two decades").isCloseTo(off - live, within(0.2));
    assertThat(lines(svg, "disk")).hasSize(1);
    assertThat(end(lines(svg, "disk").get(0))).isCloseTo((off + live) / 2, within(0.2));
  }

  @Test
  void itFitsDarkBackgroundsAndItsOwnFrame() throws Exception {
    Document svg = draw(file("m", line("a<b", "activity", 7, "memory", "warm")));
    assertThat(texts(svg)).contains("a<b", "7.0 activities/s");
    assertThat(svg.getElementsByTagName("style").item(0).getTextContent())
        .contains("prefers-color-scheme: dark");
    double height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));
    NodeList all = svg.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      assertThat(Double.parseDouble(((Element) all.item(i)).getAttribute("y")))
          .isBetween(0.0, height);
    }
  }

  @Test
  void whatIsNoFigureIsRefusedWithItsPlace() throws IOException {
    assertThatThrownBy(() -> draw(file("x", "{\"perSecond\":1}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("x.json:1: this is no line of the load program; scenario?");
    assertThatThrownBy(() -> draw(file("x", "{\"a\":1}\nnonsense", "")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("x.json:1");
    assertThatThrownBy(() -> draw(file("x", "nonsense")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("x.json:1: this is no JSON");
    assertThatThrownBy(() -> draw(file("x", "")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no throughput");
  }

  private Document draw(Path... files) throws Exception {
    Path out = directory.resolve("chart.svg");
    List<String> args = new ArrayList<>(List.of("--out", out.toString(), "--json"));
    for (Path f : files) {
      args.add(f.toString());
    }
    ChartProgram.main(
        args, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(Files.readAllBytes(out)));
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name + ".json"), List.of(lines));
  }

  private static String line(
      String scenario, String unit, double perSecond, String backend, String sessions) {
    return LINE.formatted(scenario, unit, perSecond, backend, sessions, "17");
  }

  private static List<String> texts(Document svg) {
    List<String> texts = new ArrayList<>();
    NodeList all = svg.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      texts.add(all.item(i).getTextContent());
    }
    return texts;
  }

  private static List<Element> lines(Document svg, String type) {
    List<Element> lines = new ArrayList<>();
    NodeList all = svg.getElementsByTagName("line");
    for (int i = 0; i < all.getLength(); i++) {
      if (((Element) all.item(i)).getAttribute("class").equals(type)) {
        lines.add((Element) all.item(i));
      }
    }
    return lines;
  }

  private static double end(Element line) {
    return Double.parseDouble(line.getAttribute("x2"));
  }
}
