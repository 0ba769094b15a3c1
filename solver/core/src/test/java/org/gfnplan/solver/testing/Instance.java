package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Preference;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * One instance of a family, in numbers: what a guest needs beside what is taken.
 *
 * @param spec the name it was made from
 * @param bits physical address bits
 * @param ram frames of memory, low and high together
 * @param lowTop where the zone of 32-bit items ends
 * @param lowMin the least end of low memory
 * @param lowMax the greatest end of low memory
 * @param lowAlign what the end of low memory is a multiple of
 * @param fixed what is taken; ranges may overlap
 * @param items what is to be placed
 */
public record Instance(
    String spec,
    int bits,
    long ram,
    long lowTop,
    long lowMin,
    long lowMax,
    long lowAlign,
    List<GfnRange> fixed,
    List<Item> items) {
  /** Where high memory starts: 4 GiB in frames. */
  public static final long FOUR_GIB = 1L << 20;

  public Instance {
    fixed = List.copyOf(fixed);
    items = List.copyOf(items);
  }

  /** Where an item may lie. */
  public enum Kind {
    /** Between low memory and {@code lowTop}. */
    LOW(0),
    /** Above high memory. */
    HIGH(1),
    /** Either. */
    ANY(2);

    /** The number that stands for it in a manifest. */
    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /**
   * Something to place.
   *
   * @param size frames
   * @param align what its start is a multiple of
   * @param kind where it may lie
   * @param home where it would like to be, or -1
   */
  public record Item(long size, long align, Kind kind, long home) {}

  /** One past the last frame of the space. */
  public long limit() {
    return 1L << (bits - 12);
  }

  /** The frames of memory below an end of low memory that are not taken. */
  public long lowRam(long end) {
    return end - GfnSet.of(fixed).overlapSize(new GfnRange(0, end));
  }

  /**
   * The instance as a problem: {@code low} and {@code high} are the two parts of memory, {@code
   * i0}, {@code i1}, … the items. As much memory as possible is low.
   */
  public Problem problem() {
    GfnSet taken = GfnSet.of(fixed);
    GfnRange below = new GfnRange(0, lowTop);
    GfnRange above = new GfnRange(FOUR_GIB, limit());
    Statement memory = says("R1", 0, "memory: " + ram + " frames");
    Region low = new Region("low", "ram", new Length(lowMin, lowMax), Alignment.NONE, memory);
    Region high = new Region("high", "ram", new Length(0, limit()), Alignment.NONE, memory);
    List<Region> regions = new ArrayList<>(List.of(low, high));
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule.Pinned(memory, low, 0));
    rules.add(new Rule.Pinned(memory, high, FOUR_GIB));
    rules.add(new Rule.Within(memory, high, GfnSet.of(above)));
    rules.add(new Rule.TotalLength(memory, List.of(low, high), taken, ram));
    rules.add(new Rule.OnGrid(says("R2", 1, "low memory ends on a grid"), low.end(), lowAlign));
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      Statement says = says("I" + i, i + 2, item.toString());
      Region region =
          new Region("i" + i, "item", Length.fixed(item.size()), new Alignment(item.align()), says);
      List<GfnRange> zone = new ArrayList<>();
      List<Region> others = new ArrayList<>();
      if (item.kind() != Kind.HIGH) {
        zone.add(below);
        others.add(low);
      }
      if (item.kind() != Kind.LOW) {
        zone.add(above);
        others.add(high);
      }
      rules.add(new Rule.Within(says, region, GfnSet.of(zone).minus(taken)));
      others.addAll(regions.subList(2, regions.size()));
      rules.add(new Rule.Apart(says, region, others));
      regions.add(region);
    }
    return new Problem(regions, rules, List.of(new Preference.Shortest(List.of(high))));
  }

  /** The numbers of this instance, one line each, as the published hashes were taken over. */
  public String manifest() {
    StringBuilder text = new StringBuilder();
    text.append("%d %d %d %d %d %d\n".formatted(bits, ram, lowTop, lowMin, lowMax, lowAlign));
    for (GfnRange range : fixed) {
      text.append("F %d %d\n".formatted(range.start(), range.end()));
    }
    for (Item item : items) {
      text.append(
          "I %d %d %d %d\n".formatted(item.size(), item.align(), item.kind().number, item.home()));
    }
    return text.toString();
  }

  private Statement says(String id, int line, String text) {
    return Statement.required(id, text, Origin.line(spec, line + 1, text));
  }
}
