package io.durable4j.inmemory.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the changed files of mutants, in memory, against the classes that are there. */
final class MutantCompiler implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of(
          "--release",
          "17",
          "-g",
          "-proc:none",
          "-nowarn",
          "-implicit:none",
          "-classpath",
          System.getProperty("java.class.path"));

  private final SourceTree sources;
  private final JavaCompiler compiler;
  private final StandardJavaFileManager files;

  /**
   * A compiler.
   *
   * @param sources what is changed
   */
  MutantCompiler(SourceTree sources) {
    this.sources = sources;
    JavaCompiler found = ToolProvider.getSystemJavaCompiler();
    if (found == null) {
      throw new IllegalStateException("Mutants need a JDK; this Java has no compiler");
    }
    this.compiler = found;
    this.files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
  }

  /**
   * Changes the sources and compiles what was changed.
   *
   * @param mutant the changes
   * @return the classes by name, those inside of others among them
   * @throws IllegalStateException when a text is not found once, or the result does not compile
   */
  Map<String, byte[]> compile(Mutant mutant) {
    Map<String, String> changed = new LinkedHashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String before = changed.computeIfAbsent(edit.file(), sources::read);
      try {
        changed.put(edit.file(), edit.applyTo(before));
      } catch (IllegalStateException e) {
        throw new IllegalStateException("Mutant '" + mutant + "': " + e.getMessage(), e);
      }
    }
    List<JavaFileObject> units = new ArrayList<>();
    changed.forEach((file, text) -> units.add(new Source(file, text)));
    return units.isEmpty() ? Map.of() : compile(mutant, units);
  }

  private Map<String, byte[]> compile(Mutant mutant, List<JavaFileObject> units) {
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Output output = new Output(files);
    if (!compiler.getTask(null, output, problems, OPTIONS, null, units).call()) {
      throw new IllegalStateException(
          "Mutant '" + mutant + "' does not compile: " + problems.getDiagnostics());
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(URI.create("mutant:///" + file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

    Output(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("mutant:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}
