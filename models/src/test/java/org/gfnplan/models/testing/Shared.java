package org.gfnplan.models.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The folder of golden answers and real dumps that some tests compare with. */
public final class Shared {
  private Shared() {}

  /** The folder named by {@code GFNPLAN_SHARED}; without the variable the test is skipped. */
  public static Path folder() {
    String named = System.getenv("GFNPLAN_SHARED");
    assumeTrue(named != null, "GFNPLAN_SHARED is not set");
    return Path.of(named).toAbsolutePath();
  }
}
