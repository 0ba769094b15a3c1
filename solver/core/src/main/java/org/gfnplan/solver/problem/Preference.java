package org.gfnplan.solver.problem;

import java.util.List;
import org.gfnplan.solver.space.Gfn;

/**
 * A cost that a good layout keeps small. A problem has a list of them, compared one after another;
 * before the first stands the weight of the preferred statements that were given up, and after the
 * last the lowest addresses in region order, which make the answer unique.
 */
public sealed interface Preference {
  /** The regions this cost looks at. */
  List<Region> regions();

  /**
   * The distance of edges from where they would like to be, in frames, summed.
   *
   * @param wishes edges and the addresses they are compared with
   */
  record Near(List<Wish> wishes) implements Preference {
    public Near {
      wishes = List.copyOf(wishes);
    }

    @Override
    public List<Region> regions() {
      return wishes.stream().map(wish -> wish.edge().region()).distinct().toList();
    }
  }

  /**
   * How many edges are not where they would like to be.
   *
   * @param wishes edges and the addresses they are compared with
   */
  record Unmoved(List<Wish> wishes) implements Preference {
    public Unmoved {
      wishes = List.copyOf(wishes);
    }

    @Override
    public List<Region> regions() {
      return wishes.stream().map(wish -> wish.edge().region()).distinct().toList();
    }
  }

  /**
   * The lengths of regions, in frames, summed.
   *
   * @param regions what should be short
   */
  record Shortest(List<Region> regions) implements Preference {
    public Shortest {
      regions = List.copyOf(regions);
    }
  }

  /**
   * How many edges are not a multiple of {@code step}.
   *
   * @param edges what should be on the grid
   * @param step frames, at least 1
   */
  record Whole(List<Edge> edges, long step) implements Preference {
    public Whole {
      edges = List.copyOf(edges);
      if (step < 1 || step > Gfn.LIMIT) {
        throw new IllegalArgumentException(
            "step must be in 1..0x%x: step=0x%x".formatted(Gfn.LIMIT, step));
      }
    }

    @Override
    public List<Region> regions() {
      return edges.stream().map(Edge::region).distinct().toList();
    }
  }

  /**
   * An edge and where it would like to be.
   *
   * @param edge an edge
   * @param gfn an address
   */
  record Wish(Edge edge, long gfn) {
    public Wish {
      if (gfn < 0 || gfn > Gfn.LIMIT) {
        throw new IllegalArgumentException(
            "a wish must be in 0..0x%x: gfn=0x%x".formatted(Gfn.LIMIT, gfn));
      }
    }
  }
}
