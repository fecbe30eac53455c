package io.durable4j.samples.testing;

/**
 * What somebody wants.
 *
 * @param id the order's number
 * @param item what
 * @param count how many
 * @param card which card pays
 * @param cents how much
 */
public record Order(String id, String item, int count, String card, long cents) {}
