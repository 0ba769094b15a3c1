package org.gfnplan.solver.ortools;

import com.google.ortools.sat.CpSolver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops the native search when the thread that waits for it is interrupted. */
final class Interrupts implements AutoCloseable {
  /*
   * Thread.interrupt() does not reach native code, and stopSearch() is lost when it comes before the
   * search has begun. So a thread of our own looks at the flag of the caller every few
   * milliseconds and says stop again and again until the search has returned. The flag stays set:
   * it is the caller's.
   */
  private static final long PERIOD_MILLIS = 10;

  private final Thread caller = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable CpSolver running;

  Interrupts() {
    Thread watch = new Thread(this::watch, "cp-sat-interrupts");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        CpSolver solver = running;
        if (solver != null && caller.isInterrupted()) {
          solver.stopSearch();
        }
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread, so nobody can want anything but its end.
      Thread.currentThread().interrupt();
    }
  }

  /** Watches this search until the next one is named, or none. */
  void watch(@Nullable CpSolver solver) {
    running = solver;
  }

  boolean happened() {
    return caller.isInterrupted();
  }

  @Override
  public void close() {
    running = null;
    closed.countDown();
  }
}
