package io.durable4j.benchmarks.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Draws points as SVG: a panel for each backend and Java version, a row for each scenario, in it a
 * line for each sessions level. The axis is logarithmic. Colours fit light and dark backgrounds.
 */
final class Drawing {
  private static final String FSYNC = "fsync";
  private static final int LEFT = 150;
  private static final int PLOT = 560;
  private static final int WIDTH = LEFT + PLOT + 170;
  private static final int LINE = 14;
  private static final int GAP = 10;
  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #57606a; }
        .title { font-size: 15px; font-weight: 600; }
        .panel { font-weight: 600; }
        .value { font-size: 11px; }
        .grid { stroke: #8c959f; stroke-opacity: 0.3; }
        .disk { stroke: #8c959f; stroke-dasharray: 4 3; }
        .off { fill: #9a6700; stroke: #9a6700; }
        .warm { fill: #bc4c00; stroke: #bc4c00; }
        .live { fill: #0969da; stroke: #0969da; }
        text.off, text.warm, text.live { stroke: none; }
        @media (prefers-color-scheme: dark) {
          text { fill: #adbac7; }
          .off { fill: #c69026; stroke: #c69026; }
          .warm { fill: #f69d50; stroke: #f69d50; }
          .live { fill: #6cb6ff; stroke: #6cb6ff; }
        }
      </style>
      """;

  private final StringBuilder body = new StringBuilder();
  private final List<Point> points;
  private final Scale scale;
  private int y = 64;

  private Drawing(List<Point> points) {
    this.points = points;
    this.scale = Scale.over(points, LEFT, PLOT);
  }

  static String of(List<Point> points) {
    return new Drawing(points).draw();
  }

  private String draw() {
    text(16, 26, "title", "Operations a second by scenario and sessions level (log scale)");
    legend();
    Map<String, List<Point>> panels = new LinkedHashMap<>();
    points.forEach(p -> panels.computeIfAbsent(p.panel(), k -> new ArrayList<>()).add(p));
    panels.forEach(this::panel);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
        <title>Operations a second by scenario and sessions level</title>
        """
            .formatted(WIDTH, y + 8)
        + STYLE
        + body
        + "</svg>\n";
  }

  private void legend() {
    int x = LEFT;
    Set<String> levels = new LinkedHashSet<>(List.of("off", "warm", "live"));
    points.forEach(p -> levels.add(p.sessions()));
    levels.removeIf(level -> points.stream().noneMatch(p -> p.sessions().equals(level)));
    for (String level : levels) {
      dot(x, 43, level);
      text(x + 10, 47, "legend", "sessions " + level);
      x += 120;
    }
  }

  private void panel(String name, List<Point> all) {
    List<Point> rows = all.stream().filter(p -> !p.scenario().equals(FSYNC)).toList();
    y += 20;
    text(16, y, "panel", name);
    int top = y + 8;
    y = top;
    Map<String, List<Point>> scenarios = new LinkedHashMap<>();
    rows.forEach(p -> scenarios.computeIfAbsent(p.scenario(), k -> new ArrayList<>()).add(p));
    scenarios.forEach(this::row);
    y += GAP;
    for (double tick : scale.ticks()) {
      line(scale.x(tick), top, y, "grid");
      label(scale.x(tick), y + 14, number(tick));
    }
    all.stream()
        .filter(p -> p.scenario().equals(FSYNC))
        .reduce((a, b) -> b)
        .ifPresent(
            disk -> {
              line(scale.x(disk.perSecond()), top, y, "disk");
              label(scale.x(disk.perSecond()), top - 2, "one fsync after the other");
            });
    y += 30;
  }

  private void row(String scenario, List<Point> levels) {
    y += GAP;
    int middle = y + levels.size() * LINE / 2 + 4;
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
            LEFT - 10,
            middle,
            escaped(scenario)));
    for (Point p : levels) {
      double x = scale.x(p.perSecond());
      int at = y + LINE / 2;
      body.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke-width=\"2\"/>%n",
              escaped(p.sessions()),
              LEFT,
              at,
              x,
              at));
      dot(x, at, p.sessions());
      text(x + 8, at + 4, "value", number(p.perSecond()) + " " + plural(p.unit()) + "/s");
      y += LINE;
    }
  }

  private void dot(double x, double atY, String level) {
    body.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n",
            escaped(level),
            x,
            atY));
  }

  private void line(double x, int top, int bottom, String type) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
            type,
            x,
            top,
            x,
            bottom));
  }

  private void label(double x, int atY, String words) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"value\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
            x,
            atY,
            escaped(words)));
  }

  private void text(double x, double atY, String type, String words) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
            type,
            x,
            atY,
            escaped(words)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%,.1f" : "%,.0f", value);
  }

  private static String plural(String unit) {
    return unit.endsWith("y") ? unit.substring(0, unit.length() - 1) + "ies" : unit + "s";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
