package io.durable4j.internal.client;

import io.durable4j.client.InstancePage;
import io.durable4j.client.InstanceQuery;
import io.durable4j.history.InstanceState;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a query finds, one page in memory at a time. */
final class Found implements Iterator<InstanceState> {
  private final Finder finder;
  private final InstanceQuery query;
  private InstancePage page;
  private int at;

  private Found(Finder finder, InstanceQuery query, InstancePage first) {
    this.finder = finder;
    this.query = query;
    this.page = first;
  }

  /** Reads nothing until the stream is consumed. */
  static Stream<InstanceState> stream(Finder finder, InstanceQuery query) {
    return Stream.of(query)
        .flatMap(
            q -> {
              Found all = new Found(finder, q, finder.shown(q, null));
              int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
              return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all, traits), false);
            });
  }

  @Override
  public boolean hasNext() {
    while (at == page.instances().size()) {
      String next = page.next();
      if (next == null) {
        return false;
      }
      page = finder.shown(query, next);
      at = 0;
    }
    return true;
  }

  @Override
  public InstanceState next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.instances().get(at++);
  }
}
