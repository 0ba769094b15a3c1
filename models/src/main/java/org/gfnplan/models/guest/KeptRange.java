package org.gfnplan.models.guest;

import org.gfnplan.solver.problem.Origin;

/**
 * A range that a user wants kept clear, though no device of this host has reserved memory there:
 * that of another host the guest may move to, for example.
 *
 * @param name what to call it
 * @param startByte the first byte, of a page
 * @param endByte one past the last byte, of a page
 * @param policy whether the guest is refused when it cannot be kept clear
 * @param origin what states it
 */
public record KeptRange(
    String name, long startByte, long endByte, RdmPolicy policy, Origin origin) {}
