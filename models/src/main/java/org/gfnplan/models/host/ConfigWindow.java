package org.gfnplan.models.host;

import java.util.Comparator;
import org.gfnplan.solver.problem.Origin;

/**
 * A memory-mapped PCI configuration window (MCFG).
 *
 * @param baseByte the address of bus 0, as the table states it
 * @param segment the PCI segment
 * @param startBus the first bus
 * @param endBus the last bus, inclusive as in the table
 * @param origin where the host says so
 */
public record ConfigWindow(long baseByte, int segment, int startBus, int endBus, Origin origin) {
  /** Orders by segment, then by buses, then by address. */
  static final Comparator<ConfigWindow> BY_BUS =
      Comparator.comparingInt(ConfigWindow::segment)
          .thenComparingInt(ConfigWindow::startBus)
          .thenComparingInt(ConfigWindow::endBus)
          .thenComparingLong(ConfigWindow::baseByte);
}
