package io.durable4j.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the activities of a host. Called on the activity's thread, from many at once; what
 * it throws fails the attempt, as if the activity had thrown it; what it returns is the result.
 */
@FunctionalInterface
public interface ActivityInterceptor {
  /**
   * Runs the activity, or does not.
   *
   * @param context the run's own context, with its tags and headers
   * @param call what is called
   * @return the result, usually that of {@code call.proceed()}
   * @throws Exception a failure of the attempt
   */
  @Nullable Object intercept(ActivityContext context, Call call) throws Exception;

  /** An activity about to run, or the next interceptor. */
  interface Call {
    /**
     * The arguments.
     *
     * @return the decoded arguments; unmodifiable
     */
    List<@Nullable Object> arguments();

    /**
     * Goes on to the next interceptor, at last to the activity.
     *
     * @return the result
     * @throws Exception whatever it throws
     */
    @Nullable Object proceed() throws Exception;
  }
}
