package io.durable4j.internal.client;

import io.durable4j.client.ClientInterceptor;
import io.durable4j.client.ClientInterceptor.Control;
import io.durable4j.client.ClientInterceptor.Raise;
import io.durable4j.client.ClientInterceptor.Signal;
import io.durable4j.client.ClientInterceptor.Start;
import io.durable4j.client.InstanceHandle;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What holds for every call of a client.
 *
 * @param defaultVersion the version of starts that name none, or empty
 * @param interceptors those who stand around calls, the outermost first
 */
public record ClientRules(String defaultVersion, List<ClientInterceptor> interceptors) {
  /** Copies the list. */
  public ClientRules {
    interceptors = List.copyOf(interceptors);
  }

  InstanceHandle<?> start(Start call, Function<Start, InstanceHandle<?>> last) {
    Function<Start, InstanceHandle<?>> next = last;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      ClientInterceptor each = interceptors.get(i);
      Function<Start, InstanceHandle<?>> inner = next;
      next = c -> each.start(c, inner);
    }
    return next.apply(call);
  }

  void raise(Raise call, Consumer<Raise> last) {
    Consumer<Raise> next = last;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      ClientInterceptor each = interceptors.get(i);
      Consumer<Raise> inner = next;
      next = c -> each.raise(c, inner);
    }
    next.accept(call);
  }

  void signal(Signal call, Consumer<Signal> last) {
    Consumer<Signal> next = last;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      ClientInterceptor each = interceptors.get(i);
      Consumer<Signal> inner = next;
      next = c -> each.signal(c, inner);
    }
    next.accept(call);
  }

  void control(Control call, Consumer<Control> last) {
    Consumer<Control> next = last;
    for (int i = interceptors.size() - 1; i >= 0; i--) {
      ClientInterceptor each = interceptors.get(i);
      Consumer<Control> inner = next;
      next = c -> each.control(c, inner);
    }
    next.accept(call);
  }
}
