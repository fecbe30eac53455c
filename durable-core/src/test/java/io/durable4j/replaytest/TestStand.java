package io.durable4j.replaytest;

import io.durable4j.internal.replay.LiveEpisode;
import java.util.concurrent.Semaphore;

/** A stand on a platform thread, on any runtime. */
final class TestStand implements LiveEpisode.Stand {
  private final Semaphore goOn = new Semaphore(0);
  private final Semaphore goBack = new Semaphore(0);
  private final Thread thread;
  private volatile boolean ended;

  TestStand(Runnable body) {
    thread =
        new Thread(
            () -> {
              goOn.acquireUninterruptibly();
              try {
                body.run();
              } finally {
                ended = true;
                goBack.release();
              }
            },
            "stand");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean resume() {
    goOn.release();
    goBack.acquireUninterruptibly();
    return !ended;
  }

  @Override
  public void pause() {
    goBack.release();
    goOn.acquireUninterruptibly();
  }

  @Override
  public void release() {
    goOn.release();
  }

  Thread thread() {
    return thread;
  }
}
