package org.gfnplan.solver.answer;

import java.util.List;
import org.gfnplan.solver.problem.Edge;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** One deduction that a person can check with a pencil. */
public sealed interface Step {
  /** The statements this deduction rests on, in the order of the problem. */
  List<Statement> because();

  /**
   * Whatever is chosen, a region takes every frame of a range.
   *
   * @param because what it rests on
   * @param region what takes them
   * @param range the frames it cannot leave out
   */
  record Forced(List<Statement> because, Region region, GfnRange range) implements Step {
    public Forced {
      because = List.copyOf(because);
    }
  }

  /**
   * Two regions would both take the frames of a range.
   *
   * @param because what it rests on
   * @param one a region
   * @param other the region it must be apart from
   * @param range the frames that both take
   */
  record Clash(List<Statement> because, Region one, Region other, GfnRange range) implements Step {
    public Clash {
      because = List.copyOf(because);
    }
  }

  /**
   * No gap is large enough for a region.
   *
   * @param because what it rests on
   * @param region what has no place
   * @param free the frames it might lie in
   * @param largest the most frames that lie together in {@code free}, aligned for the region
   */
  record NoGap(List<Statement> because, Region region, GfnSet free, long largest) implements Step {
    public NoGap {
      because = List.copyOf(because);
    }
  }

  /**
   * More blocks of a size are needed than fit.
   *
   * @param because what it rests on
   * @param free the frames the blocks might lie in
   * @param block frames in a block, and its alignment
   * @param needed how many blocks the regions need
   * @param fit how many aligned blocks lie in {@code free}
   */
  record Overfull(List<Statement> because, GfnSet free, long block, long needed, long fit)
      implements Step {
    public Overfull {
      because = List.copyOf(because);
    }
  }

  /**
   * An edge has no address left.
   *
   * @param because what it rests on
   * @param edge the start or the end of a region
   * @param least the lowest address it may have
   * @param most the highest address it may have, below {@code least}
   */
  record NoAddress(List<Statement> because, Edge edge, long least, long most) implements Step {
    public NoAddress {
      because = List.copyOf(because);
    }
  }

  /**
   * Regions must add up to more, or to less, than they can.
   *
   * @param because what it rests on
   * @param regions what is added up
   * @param wanted the frames they must have
   * @param least the fewest they can have
   * @param most the most they can have
   */
  record Total(List<Statement> because, List<Region> regions, long wanted, long least, long most)
      implements Step {
    public Total {
      because = List.copyOf(because);
      regions = List.copyOf(regions);
    }
  }

  /**
   * There is no short argument: every possibility was tried.
   *
   * @param because what it rests on
   * @param engines who tried, at least two, in the order they were asked
   */
  record Searched(List<Statement> because, List<String> engines) implements Step {
    public Searched {
      because = List.copyOf(because);
      engines = List.copyOf(engines);
    }
  }
}
