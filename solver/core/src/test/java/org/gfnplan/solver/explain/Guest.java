package org.gfnplan.solver.explain;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.problem.Length;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * A problem like a guest's, said piece by piece: low memory from gfn 0, high memory from gfn 2^20,
 * fixed ranges, blocks in the hole between. A statement is known by its id.
 */
public final class Guest {
  /** 4 GiB in frames. */
  public static final long FOUR = 1L << 20;

  /** Frames in a MiB. */
  public static final long MIB = 256;

  private final List<Region> regions = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();

  /** Low memory, which may take {@code [0, most)}. */
  public final Region low;

  /** High memory, which may be empty. */
  public final Region high;

  /** Memory of {@code frames} in two parts, the low one ending by {@code most}. */
  public Guest(long frames, long most) {
    Statement memory = said("memory");
    low = add(new Region("low", "ram", new Length(0, most), Alignment.NONE, memory));
    high = add(new Region("high", "ram", new Length(0, frames), Alignment.NONE, memory));
    rules.add(new Rule.Pinned(memory, low, 0));
    rules.add(new Rule.Pinned(memory, high, FOUR));
    rules.add(new Rule.TotalLength(memory, List.of(low, high), GfnSet.empty(), frames));
  }

  /** The statement of an id. */
  public static Statement said(String id) {
    return Statement.required(id, "the words of " + id, Origin.builtIn("test", id));
  }

  /** A region at a fixed place, apart from memory. */
  public Region fixed(String id, long start, long end) {
    Region region =
        add(new Region(id, "fixed", Length.fixed(end - start), Alignment.NONE, said(id)));
    rules.add(new Rule.Pinned(said(id), region, start));
    rules.add(new Rule.Apart(said(id), region, List.of(low, high)));
    return region;
  }

  /** A block aligned to its size, in {@code [0, end)}, apart from all that was there before. */
  public Region block(String id, long size, long end) {
    List<Region> before = List.copyOf(regions);
    Region region = add(new Region(id, "block", Length.fixed(size), new Alignment(size), said(id)));
    rules.add(new Rule.Within(said("hole"), region, GfnSet.of(new GfnRange(0, end))));
    rules.add(new Rule.Apart(said(id), region, before));
    return region;
  }

  /** Any other region. */
  public Region add(Region region) {
    regions.add(region);
    return region;
  }

  /** Any other rule. */
  public Guest rule(Rule rule) {
    rules.add(rule);
    return this;
  }

  /** Low memory has {@code min} to {@code max} frames. */
  public Guest lowSized(String id, long min, long max) {
    return rule(new Rule.Sized(said(id), low, min, Math.min(max, Gfn.LIMIT)));
  }

  /** All that was said. */
  public Problem problem() {
    return new Problem(regions, rules, List.of());
  }
}
