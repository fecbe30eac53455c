package io.durable4j.inmemory.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mutant can still be made from the sources as they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MutantsTest {
  private final MutantCompiler compiler = new MutantCompiler(SourceTree.find());

  @AfterAll
  void close() {
    compiler.close();
  }

  static Stream<Mutant> mutants() {
    return Stream.concat(Mutants.all().stream(), Stream.of(Mutants.control()));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void compiles(Mutant mutant) {
    Set<String> files = new HashSet<>();
    mutant.edits().forEach(e -> files.add(e.file().replace(".java", "").replace('/', '.')));

    assertThat(compiler.compile(mutant)).containsKeys(files.toArray(String[]::new));
  }

  @Test
  void thereAreTwentyAndNoTwoAreAlike() {
    List<Mutant> all = Mutants.all();

    assertThat(all).hasSize(20).doesNotHaveDuplicates();
    assertThat(all).extracting(Mutant::name).doesNotHaveDuplicates();
    assertThat(all).extracting(Mutant::edits).doesNotHaveDuplicates();
  }
}
