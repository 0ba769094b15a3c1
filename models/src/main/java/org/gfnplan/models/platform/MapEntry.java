package org.gfnplan.models.platform;

import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.GfnRange;

/**
 * A line of a guest's address map.
 *
 * @param name what lies there
 * @param kind what sort of thing it is: {@code ram}, {@code rdm}, {@code firmware}, {@code hole},
 *     {@code bar}, {@code pmem}, {@code iova}, {@code qemu}
 * @param range where it lies, in frames
 * @param origin why it is there
 */
public record MapEntry(String name, String kind, GfnRange range, Origin origin)
    implements Comparable<MapEntry> {
  /** Orders by address, then by name. */
  @Override
  public int compareTo(MapEntry other) {
    int byRange = range.compareTo(other.range);
    return byRange != 0 ? byRange : name.compareTo(other.name);
  }
}
