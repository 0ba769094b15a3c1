package org.gfnplan.models.guest;

import org.gfnplan.solver.problem.Origin;

/**
 * A virtual NUMA node.
 *
 * @param kib its memory in KiB
 * @param origin what states it
 */
public record NumaNode(long kib, Origin origin) {}
