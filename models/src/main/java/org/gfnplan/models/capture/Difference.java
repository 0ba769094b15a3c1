package org.gfnplan.models.capture;

/**
 * Something that is not as it was planned.
 *
 * @param what what it is, with how much it differs where that can be said
 * @param planned where the plan has it; empty when it has not
 * @param captured where it was found; empty when it was not
 */
public record Difference(String what, String planned, String captured) {}
