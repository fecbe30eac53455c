package io.durable4j.benchmarks.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis over whole powers of ten.
 *
 * @param low the exponent at its beginning
 * @param high the exponent at its end
 * @param left where it begins, in pixels
 * @param width how long it is, in pixels
 */
record Scale(int low, int high, int left, int width) {
  static Scale over(List<Point> points, int left, int width) {
    double min = points.stream().mapToDouble(Point::perSecond).min().orElse(1);
    double max = points.stream().mapToDouble(Point::perSecond).max().orElse(10);
    int low = (int) Math.floor(Math.log10(min));
    int high = (int) Math.ceil(Math.log10(max));
    return new Scale(low, Math.max(high, low + 1), left, width);
  }

  double x(double value) {
    return left + (Math.log10(value) - low) * width / (high - low);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int e = low; e <= high; e++) {
      ticks.add(Math.pow(10, e));
    }
    return ticks;
  }
}
