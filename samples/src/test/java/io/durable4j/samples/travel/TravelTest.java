package io.durable4j.samples.travel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TravelTest {
  @Test
  void booksAll() {
    assertThat(Travel.run(new String[0]))
        .isEqualTo("booked hotel, booked flight, booked car: booked");
  }

  @Test
  void cancelsLastFirstWhenOnePartIsSoldOut(@TempDir Path dir) {
    assertThat(
            Travel.run(
                new String[] {
                  "--journal", dir.toString(), "--sold-out", "car", "--flaky", "flight"
                }))
        .isEqualTo(
            "booked hotel, booked flight, cancelled car, cancelled flight, cancelled hotel:"
                + " failed, no car left");
  }

  @Test
  void cancelsTheOthersWhenOneCannotBe() {
    assertThat(Travel.run(new String[] {"--sold-out", "car", "--stuck", "flight"}))
        .startsWith("booked hotel, booked flight, cancelled car, cancelled hotel: failed, ")
        .contains("no car left")
        .contains("nobody answers at the flight");
  }
}
