package io.durable4j.benchmarks.chart;

/**
 * One figure of the chart.
 *
 * @param panel backend and Java version
 * @param scenario the scenario
 * @param unit what an operation is
 * @param sessions off, warm or live
 * @param perSecond operations a second, above zero
 */
record Point(String panel, String scenario, String unit, String sessions, double perSecond) {}
