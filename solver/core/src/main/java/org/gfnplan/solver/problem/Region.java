package org.gfnplan.solver.problem;

import org.gfnplan.solver.space.Alignment;

/**
 * Something that needs gfns: it gets a start and a length in every layout.
 *
 * @param name unique in its problem; ties are broken by the order of regions, never by name
 * @param kind what a platform calls this sort of thing; the solvers do not look at it
 * @param length how many frames it may take
 * @param alignment what its start must be a multiple of
 * @param statement why it is there; required, never preferred
 */
public record Region(
    String name, String kind, Length length, Alignment alignment, Statement statement) {
  public Region {
    if (!statement.strength().isRequired()) {
      throw new IllegalArgumentException(
          "a region must hang from a required statement: region=%s statement=%s"
              .formatted(name, statement.id()));
    }
  }

  /** By name alone: regions are looked up often, and a string knows its hash. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The first frame of this region. */
  public Edge start() {
    return new Edge(this, Edge.Side.START);
  }

  /** One past the last frame of this region; the same as its start while it is empty. */
  public Edge end() {
    return new Edge(this, Edge.Side.END);
  }
}
