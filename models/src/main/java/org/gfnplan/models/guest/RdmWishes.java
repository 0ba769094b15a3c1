package org.gfnplan.models.guest;

import java.util.List;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a guest wants done about reserved device memory.
 *
 * @param strategy which reserved memory beyond that of assigned devices is reserved
 * @param policy what to do with reserved memory that no device has a policy for
 * @param boundaryMib libxl moves RAM only for reserved memory above this many MiB
 * @param mirror the line that asks for the host's own PCI hole and all its reserved ranges, or null
 * @param ranges ranges that a user wants kept clear
 */
public record RdmWishes(
    Stated<Guest.RdmStrategy> strategy,
    Stated<RdmPolicy> policy,
    Stated<Long> boundaryMib,
    @Nullable Origin mirror,
    List<KeptRange> ranges) {
  public RdmWishes {
    ranges = List.copyOf(ranges);
  }

  /** Wishes without mirror and ranges. */
  public static RdmWishes of(
      Stated<Guest.RdmStrategy> strategy, Stated<RdmPolicy> policy, Stated<Long> boundaryMib) {
    return new RdmWishes(strategy, policy, boundaryMib, null, List.of());
  }

  /** The same with another strategy and policy. */
  public RdmWishes with(Stated<Guest.RdmStrategy> other, Stated<RdmPolicy> word) {
    return new RdmWishes(other, word, boundaryMib, mirror, ranges);
  }

  /** The same with another boundary. */
  public RdmWishes withBoundary(Stated<Long> mib) {
    return new RdmWishes(strategy, policy, mib, mirror, ranges);
  }

  /** The same with or without the host's layout. */
  public RdmWishes withMirror(@Nullable Origin line) {
    return new RdmWishes(strategy, policy, boundaryMib, line, ranges);
  }

  /** The same with other ranges. */
  public RdmWishes withRanges(List<KeptRange> others) {
    return new RdmWishes(strategy, policy, boundaryMib, mirror, others);
  }
}
