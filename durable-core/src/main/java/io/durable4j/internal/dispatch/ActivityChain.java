package io.durable4j.internal.dispatch;

import io.durable4j.activity.ActivityContext;
import io.durable4j.activity.ActivityInterceptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Those who stand around activities, the outermost first. Filled before the start, read after. */
public final class ActivityChain {
  private final List<ActivityInterceptor> interceptors = new ArrayList<>();

  ActivityChain() {}

  /**
   * Adds one at the inner end.
   *
   * @param interceptor stands around activities
   */
  public void add(ActivityInterceptor interceptor) {
    interceptors.add(interceptor);
  }

  @Nullable Object run(List<@Nullable Object> arguments, Callable<@Nullable Object> activity)
      throws Exception {
    if (interceptors.isEmpty()) {
      return activity.call();
    }
    List<@Nullable Object> shown = Collections.unmodifiableList(arguments);
    return new Link(ActivityContext.current(), shown, activity, 0).proceed();
  }

  private final class Link implements ActivityInterceptor.Call {
    private final ActivityContext context;
    private final List<@Nullable Object> arguments;
    private final Callable<@Nullable Object> activity;
    private final int place;

    Link(
        ActivityContext context,
        List<@Nullable Object> arguments,
        Callable<@Nullable Object> activity,
        int place) {
      this.context = context;
      this.arguments = arguments;
      this.activity = activity;
      this.place = place;
    }

    @Override
    public List<@Nullable Object> arguments() {
      return arguments;
    }

    @Override
    public @Nullable Object proceed() throws Exception {
      return place < interceptors.size()
          ? interceptors
              .get(place)
              .intercept(context, new Link(context, arguments, activity, place + 1))
          : activity.call();
    }
  }
}
