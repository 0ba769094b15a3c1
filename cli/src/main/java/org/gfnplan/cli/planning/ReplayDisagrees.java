package org.gfnplan.cli.planning;

import java.util.List;

/** The settings of a plan do not lead today's programs to its layout: a bug in this program. */
public final class ReplayDisagrees extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With everything that differs. */
  public ReplayDisagrees(List<String> mismatches) {
    super("the replay of the settings differs from the layout: " + String.join("; ", mismatches));
  }
}
