package org.gfnplan.cli.render.map;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gfnplan.solver.space.GfnRange;

/** Where an address lies on the page: rows between the addresses at which something changes. */
final class Scale {
  /*
   * Every address where a box starts or ends is a line, and the rows between lines have heights
   * that grow with the logarithm of what lies between: 4 KiB and 1 TiB are both seen, and nothing
   * is smaller than its label, because a row is at least as high as the labels that start in it.
   * A row in which nothing lies is a gap and has the least height, however large it is.
   */
  static final int LINE = 14;

  private static final int LEAST = 17;
  private static final int PAD = 5;

  private final Map<Long, Integer> tops = new HashMap<>();
  private final List<GfnRange> gaps = new ArrayList<>();
  private final int height;

  /**
   * A scale on which all of these panels can be drawn.
   *
   * @param panels at least one with a box
   */
  Scale(List<Panel> panels) {
    TreeSet<Long> lines = new TreeSet<>();
    List<GfnRange> taken = new ArrayList<>();
    for (Panel panel : panels) {
      panel.boxes().forEach(box -> taken.add(box.range()));
      panel.marks().forEach(mark -> taken.add(mark.range()));
    }
    taken.forEach(range -> lines.addAll(List.of(range.start(), range.end())));
    Map<Long, Integer> labels = labels(panels);
    Map<Long, Integer> change = changes(taken);
    int y = 0;
    int depth = 0;
    Long last = null;
    for (long line : lines) {
      if (last != null) {
        boolean isGap = depth == 0;
        if (isGap) {
          gaps.add(new GfnRange(last, line));
        }
        int base = isGap ? LEAST : LEAST + (63 - Long.numberOfLeadingZeros(line - last)) * 3 / 2;
        y += Math.max(base, PAD + LINE * labels.getOrDefault(last, 0));
      }
      tops.put(line, y);
      depth += change.getOrDefault(line, 0);
      last = line;
    }
    height = y;
  }

  /** How many lines of label start at an address, in the panel that has most. */
  private static Map<Long, Integer> labels(List<Panel> panels) {
    Map<Long, Integer> most = new HashMap<>();
    for (Panel panel : panels) {
      Map<Long, Integer> own = new HashMap<>();
      panel.boxes().forEach(box -> own.merge(box.range().start(), 1, Integer::sum));
      panel
          .marks()
          .forEach(mark -> own.merge(mark.range().start(), mark.lines().size(), Integer::sum));
      own.forEach((at, count) -> most.merge(at, count, Math::max));
    }
    return most;
  }

  private static Map<Long, Integer> changes(Collection<GfnRange> taken) {
    Map<Long, Integer> change = new HashMap<>();
    for (GfnRange range : taken) {
      change.merge(range.start(), 1, Integer::sum);
      change.merge(range.end(), -1, Integer::sum);
    }
    return change;
  }

  /** Rows in which nothing lies. */
  List<GfnRange> gaps() {
    return gaps;
  }

  /** The distance of a line from the top. */
  int y(long gfn) {
    Integer at = tops.get(gfn);
    if (at == null) {
      throw new IllegalArgumentException("an address must have a line: gfn=0x%x".formatted(gfn));
    }
    return at;
  }

  /** The height of all rows. */
  int height() {
    return height;
  }
}
