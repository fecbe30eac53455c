package io.durable4j.internal.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a query finds, one page in memory at a time.
 *
 * @param <T> what is found
 */
final class Found<T> implements Iterator<T> {
  private final Pages<T> pages;
  private Part<T> page;
  private int at;

  private Found(Pages<T> pages, Part<T> first) {
    this.pages = pages;
    this.page = first;
  }

  /** Reads pages. */
  interface Pages<T> {
    /** The page after that which gave the token; the first for null. */
    Part<T> from(@Nullable String token);
  }

  /** A page. */
  record Part<T>(List<T> items, @Nullable String next) {}

  /** Reads nothing until the stream is consumed. */
  static <T> Stream<T> stream(Pages<T> pages) {
    return Stream.of(pages)
        .flatMap(
            p -> {
              Found<T> all = new Found<>(p, p.from(null));
              int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
              return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, traits), false);
            });
  }

  @Override
  public boolean hasNext() {
    while (at == page.items().size()) {
      String next = page.next();
      if (next == null) {
        return false;
      }
      page = pages.from(next);
      at = 0;
    }
    return true;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.items().get(at++);
  }
}
