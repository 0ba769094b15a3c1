package org.gfnplan.solver.search.bounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;
import org.jspecify.annotations.Nullable;

/** The required part of a problem, with regions as numbers. */
final class Shape {
  private final List<Region> regions;
  private final Map<Region, Integer> numbers = new HashMap<>();
  private final long[] alignments;
  private final @Nullable GfnSet[] allowed;
  private final BitSet[] apart;
  private final List<int[]> pairs = new ArrayList<>();

  /** The required pins and sizes, in order. */
  final List<Rule> alone = new ArrayList<>();

  /** The required rules that relate addresses and lengths, in order. */
  final List<Rule> others = new ArrayList<>();

  Shape(Problem problem) {
    regions = problem.regions();
    alignments = new long[regions.size()];
    allowed = new GfnSet[regions.size()];
    apart = new BitSet[regions.size()];
    for (int i = 0; i < regions.size(); i++) {
      numbers.put(regions.get(i), i);
      alignments[i] = regions.get(i).alignment().frames();
      apart[i] = new BitSet(regions.size());
    }
    for (Rule rule : problem.rules()) {
      if (rule.statement().strength().isRequired()) {
        add(rule);
      }
    }
  }

  private void add(Rule rule) {
    if (rule instanceof Rule.Apart claim) {
      int one = number(claim.region());
      for (Region region : claim.others()) {
        int other = number(region);
        if (!apart[one].get(other)) {
          apart[one].set(other);
          apart[other].set(one);
          pairs.add(new int[] {one, other});
        }
      }
    } else if (rule instanceof Rule.Within within) {
      int at = number(within.region());
      GfnSet before = allowed[at];
      allowed[at] = before == null ? within.allowed() : before.intersection(within.allowed());
    } else if (rule instanceof Rule.Aligned aligned) {
      int at = number(aligned.region());
      alignments[at] = Math.max(alignments[at], aligned.alignment().frames());
    } else if (rule instanceof Rule.Pinned || rule instanceof Rule.Sized) {
      alone.add(rule);
    } else {
      others.add(rule);
    }
  }

  int size() {
    return regions.size();
  }

  Region region(int number) {
    return regions.get(number);
  }

  int number(Region region) {
    Integer number = numbers.get(region);
    if (number == null) {
      throw new IllegalArgumentException("the region must be known: name=" + region.name());
    }
    return number;
  }

  int[] numbers(List<Region> some) {
    int[] all = new int[some.size()];
    Arrays.setAll(all, i -> number(some.get(i)));
    return all;
  }

  Alignment alignment(int region) {
    return new Alignment(alignments[region]);
  }

  boolean isConfined(int region) {
    return allowed[region] != null;
  }

  /** Where the region may lie by its own rules. */
  List<GfnRange> allowed(int region) {
    GfnSet set = allowed[region];
    return (set == null ? GfnSet.all() : set).ranges();
  }

  /** Whether two regions may not share a frame. */
  boolean isApart(int one, int other) {
    return apart[one].get(other);
  }

  /** Every pair of regions that may not share a frame, once. */
  List<int[]> pairs() {
    return pairs;
  }
}
