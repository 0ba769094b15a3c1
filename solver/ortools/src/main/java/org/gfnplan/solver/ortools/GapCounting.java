package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** Says which gap each region lies in, where few gaps are to be filled with odd sizes. */
final class GapCounting {
  /*
   * Filling gaps with sizes that are not powers of two is bin packing, which the disjunctive
   * constraint knows nothing of. One literal for each region and gap, and the room of each gap as a
   * sum, give CP-SAT something to count with. With many gaps the literals cost more than they give,
   * and block shapes are decided by LevelCounting.
   */
  private static final int MOST_GAPS = 30;

  private static final int MOST_LITERALS = 3_000;

  private final Model model;
  private final Rooms rooms;
  private final List<Shape> shapes;

  GapCounting(Model model, Rooms rooms, List<Shape> shapes) {
    this.model = model;
    this.rooms = rooms;
    this.shapes = shapes;
  }

  /** Whether a clique of movable regions has to fill several gaps with odd sizes. */
  boolean isUseful(BitSet clique) {
    List<Integer> members = members(clique);
    List<GfnRange> gaps = gaps(members);
    long frames = members.stream().mapToLong(i -> rooms.of(i).minLength()).sum();
    long widest = gaps.stream().mapToLong(GfnRange::length).max().orElse(0);
    return gaps.size() <= MOST_GAPS
        && (long) gaps.size() * members.size() <= MOST_LITERALS
        && frames > widest;
  }

  /** Adds the constraints of a clique of movable regions that are apart. */
  void add(BitSet clique) {
    List<Integer> members = members(clique);
    fill(members, gaps(members));
  }

  private List<Integer> members(BitSet clique) {
    return clique.stream().filter(i -> isOdd(rooms.of(i))).boxed().toList();
  }

  private List<GfnRange> gaps(List<Integer> members) {
    List<GfnRange> reached = new ArrayList<>();
    members.forEach(member -> reached.addAll(rooms.of(member).reach().ranges()));
    return GfnSet.of(reached).ranges();
  }

  /** Whether a region always takes frames, always as many, and is not a naturally aligned block. */
  private static boolean isOdd(Room room) {
    return room.hasFixedLength()
        && !room.mayBeEmpty()
        && (Long.bitCount(room.minLength()) != 1 || room.step() != room.minLength());
  }

  private void fill(List<Integer> members, List<GfnRange> gaps) {
    List<LinearExprBuilder> sums = new ArrayList<>();
    gaps.forEach(gap -> sums.add(LinearExpr.newBuilder()));
    for (int member : members) {
      Room room = rooms.of(member);
      List<Literal> chosen = new ArrayList<>();
      for (int i = 0; i < gaps.size(); i++) {
        List<Span> starts =
            Span.cut(room.starts(), gaps.get(i).start(), gaps.get(i).end() - room.minLength());
        if (!starts.isEmpty()) {
          Literal here = model.literal("y");
          chosen.add(here);
          model.oneOf(shapes.get(member).start(), starts, List.of(here));
          sums.get(i).addTerm(here, room.minLength());
        }
      }
      model.cp().addExactlyOne(chosen);
    }
    for (int i = 0; i < gaps.size(); i++) {
      model.between(sums.get(i), 0, gaps.get(i).length(), List.of());
    }
  }
}
