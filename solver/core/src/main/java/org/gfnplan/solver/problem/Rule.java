package org.gfnplan.solver.problem;

import java.util.HashSet;
import java.util.List;
import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnSet;

/**
 * One thing every layout must respect. What each kind means is written as mathematics in {@code
 * solver/DESIGN.md}; here {@code s(r)}, {@code l(r)} and {@code e(r) = s(r) + l(r)} are the start,
 * length and end that a layout gives to region {@code r}, and a region is <i>empty</i> when {@code
 * l(r) = 0}.
 */
public sealed interface Rule {
  /** Who says so. */
  Statement statement();

  /** The regions this rule speaks of, each once. */
  List<Region> regions();

  /**
   * {@code s(region) = start}.
   *
   * @param statement who says so
   * @param region what is pinned
   * @param start the first gfn
   */
  record Pinned(Statement statement, Region region, long start) implements Rule {
    public Pinned {
      requireGfn("start", start);
    }

    @Override
    public List<Region> regions() {
      return List.of(region);
    }
  }

  /**
   * Every frame of the region is in {@code allowed}; an empty region lies anywhere.
   *
   * @param statement who says so
   * @param region what is confined
   * @param allowed where it may lie
   */
  record Within(Statement statement, Region region, GfnSet allowed) implements Rule {
    @Override
    public List<Region> regions() {
      return List.of(region);
    }
  }

  /**
   * {@code s(region)} is a multiple of {@code alignment}, besides the region's own alignment.
   *
   * @param statement who says so
   * @param region what is aligned
   * @param alignment what its start is a multiple of
   */
  record Aligned(Statement statement, Region region, Alignment alignment) implements Rule {
    @Override
    public List<Region> regions() {
      return List.of(region);
    }
  }

  /**
   * {@code min <= l(region) <= max}, besides the region's own bounds.
   *
   * @param statement who says so
   * @param region what is bounded
   * @param min the fewest frames
   * @param max the most frames
   */
  record Sized(Statement statement, Region region, long min, long max) implements Rule {
    public Sized {
      if (min < 0 || min > max || max > Gfn.LIMIT) {
        throw new IllegalArgumentException(
            "size must satisfy 0 <= min <= max <= 0x%x: min=0x%x max=0x%x"
                .formatted(Gfn.LIMIT, min, max));
      }
    }

    @Override
    public List<Region> regions() {
      return List.of(region);
    }
  }

  /**
   * No frame of {@code region} is a frame of one of {@code others}. Nothing is said about the
   * others among themselves: n regions that exclude each other are n rules, one for each claim.
   *
   * @param statement who says so
   * @param region the one
   * @param others the ones it keeps clear of; neither empty nor holding {@code region}
   */
  record Apart(Statement statement, Region region, List<Region> others) implements Rule {
    public Apart {
      others = List.copyOf(others);
      if (others.isEmpty() || others.contains(region)) {
        throw new IllegalArgumentException(
            "a region must be apart from at least one other and not from itself: region="
                + region.name());
      }
    }

    @Override
    public List<Region> regions() {
      HashSet<Region> seen = new HashSet<>(others);
      seen.add(region);
      return List.copyOf(seen);
    }
  }

  /**
   * The frames of {@code summands} that are not in {@code except} are {@code frames} in number,
   * counted once for each summand.
   *
   * @param statement who says so
   * @param summands what is added up; not empty
   * @param except frames that do not count
   * @param frames the sum
   */
  record TotalLength(Statement statement, List<Region> summands, GfnSet except, long frames)
      implements Rule {
    public TotalLength {
      summands = List.copyOf(summands);
      if (summands.isEmpty() || summands.size() != new HashSet<>(summands).size()) {
        throw new IllegalArgumentException(
            "a total must add up distinct regions, at least one: count=" + summands.size());
      }
      requireGfn("frames", frames);
    }

    @Override
    public List<Region> regions() {
      return summands;
    }
  }

  /**
   * Both edges are the same address: two parties must mean the same thing.
   *
   * @param statement who says so
   * @param one an edge
   * @param other an edge of another region
   */
  record SameEdge(Statement statement, Edge one, Edge other) implements Rule {
    public SameEdge {
      if (one.region().equals(other.region())) {
        throw new IllegalArgumentException(
            "edges must belong to two regions: region=" + one.region().name());
      }
    }

    @Override
    public List<Region> regions() {
      return List.of(one.region(), other.region());
    }
  }

  /**
   * The edge is a multiple of {@code step}, which need not be a power of two.
   *
   * @param statement who says so
   * @param edge an edge
   * @param step frames, at least 1
   */
  record OnGrid(Statement statement, Edge edge, long step) implements Rule {
    public OnGrid {
      if (step < 1 || step > Gfn.LIMIT) {
        throw new IllegalArgumentException(
            "step must be in 1..0x%x: step=0x%x".formatted(Gfn.LIMIT, step));
      }
    }

    @Override
    public List<Region> regions() {
      return List.of(edge.region());
    }
  }

  /**
   * {@code s(region)} is the end of the last region of {@code chain} that is not empty, rounded up
   * to {@code alignment}. When all of them are empty it is the start of the last one, rounded up.
   *
   * @param statement who says so
   * @param region what follows
   * @param chain what it follows, in order; neither empty nor holding {@code region}
   * @param alignment what the address is rounded up to
   */
  record Follows(Statement statement, Region region, List<Region> chain, Alignment alignment)
      implements Rule {
    public Follows {
      chain = List.copyOf(chain);
      if (chain.isEmpty()
          || chain.contains(region)
          || chain.size() != new HashSet<>(chain).size()) {
        throw new IllegalArgumentException(
            "a region must follow distinct others, at least one: region=" + region.name());
      }
    }

    @Override
    public List<Region> regions() {
      HashSet<Region> seen = new HashSet<>(chain);
      seen.add(region);
      return List.copyOf(seen);
    }
  }

  /**
   * The region lies in the container: {@code s(container) <= s(region)} and {@code e(region) <=
   * e(container)}; an empty region lies anywhere. {@link Within} is for frames that are known
   * beforehand; the place and the size of a container are decided as well.
   *
   * @param statement who says so
   * @param region what lies inside
   * @param container what it lies inside of; another region
   */
  record Inside(Statement statement, Region region, Region container) implements Rule {
    public Inside {
      if (region.equals(container)) {
        throw new IllegalArgumentException(
            "a region must lie inside of another one: region=%s container=%s"
                .formatted(region.name(), container.name()));
      }
    }

    @Override
    public List<Region> regions() {
      return List.of(region, container);
    }
  }

  private static void requireGfn(String name, long value) {
    if (value < 0 || value > Gfn.LIMIT) {
      throw new IllegalArgumentException(
          "%s must be in 0..0x%x: %s=0x%x".formatted(name, Gfn.LIMIT, name, value));
    }
  }
}
