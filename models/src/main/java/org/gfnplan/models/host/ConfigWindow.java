package org.gfnplan.models.host;

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
public record ConfigWindow(long baseByte, int segment, int startBus, int endBus, Origin origin) {}
