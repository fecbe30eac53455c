package io.durable4j.inmemory.sim;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a simulation on a mutant. The engine, the backend, the fixtures and the tests are loaded
 * anew, with the mutant's classes in place of the real ones; the rest of the class path is shared.
 */
final class MutantLoader implements AutoCloseable {
  private static final String OURS = "io.durable4j.";

  private final MutantCompiler compiler = new MutantCompiler(SourceTree.find());
  private final String runner;

  /**
   * A loader.
   *
   * @param runner the class with a method {@code static String firstFailure(long from, int count)},
   *     which says what it found with the first seed that fails, or null
   */
  MutantLoader(String runner) {
    this.runner = runner;
  }

  /**
   * Runs seeds until one fails.
   *
   * @param mutant the fault
   * @param from the first seed
   * @param count how many seeds at most
   * @return what was found; null when no seed fails
   * @throws IllegalStateException when the mutant cannot be made any more
   */
  @Nullable String run(Mutant mutant, long from, int count) {
    Thread me = Thread.currentThread();
    ClassLoader before = me.getContextClassLoader();
    try (Mutated classes = new Mutated(compiler.compile(mutant))) {
      me.setContextClassLoader(classes);
      Method method =
          Class.forName(runner, true, classes)
              .getDeclaredMethod("firstFailure", long.class, int.class);
      method.setAccessible(true);
      return (String) method.invoke(null, from, count);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "Running '" + mutant + "' failed: " + e.getTargetException(), e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("There is no " + runner + ".firstFailure(long, int)", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      me.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    compiler.close();
  }

  /** Our classes child first, the mutant's before all. */
  private static final class Mutated extends URLClassLoader {
    static {
      registerAsParallelCapable();
    }

    private final Map<String, byte[]> mutant;

    Mutated(Map<String, byte[]> mutant) {
      super(classPath(), MutantLoader.class.getClassLoader());
      this.mutant = mutant;
    }

    private static URL[] classPath() {
      return Arrays.stream(
              System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
          .map(Mutated::url)
          .toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return new File(entry).toURI().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalStateException("No place for classes: " + entry, e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null) {
          byte[] bytes = mutant.get(name);
          loaded = bytes == null ? findClass(name) : defineClass(name, bytes, 0, bytes.length);
        }
        if (resolve) {
          resolveClass(loaded);
        }
        return loaded;
      }
    }
  }
}
