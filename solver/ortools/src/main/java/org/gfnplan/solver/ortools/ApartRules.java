package org.gfnplan.solver.ortools;

import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** Regions that take no frame of each other, in the model. */
final class ApartRules {
  /*
   * Required pairs of movable regions are covered with cliques, one addNoOverlap each: that is
   * where CP-SAT reasons about room as a whole. Obstacles are cut out of the domains already
   * (Room), which is exact but blind to room; frames that no region of a clique can reach are put
   * into its addNoOverlap as well, and once more for the regions of fixed length alone, because a
   * region that stretches may reach what they cannot. Without them "one page too many" is not
   * refuted.
   */
  private final Model model;
  private final Rooms rooms;
  private final List<Shape> shapes;

  ApartRules(Model model, Rooms rooms, List<Shape> shapes) {
    this.model = model;
    this.rooms = rooms;
    this.shapes = shapes;
  }

  /** Adds every required pair; returns the cliques, each in the order of regions. */
  List<BitSet> addRequired() {
    List<BitSet> cliques = cliques();
    for (BitSet clique : cliques) {
      GfnSet free = reach(clique);
      addNoOverlap(clique, free);
      BitSet stiff = (BitSet) clique.clone();
      stiff.stream().filter(i -> !rooms.of(i).hasFixedLength()).forEach(stiff::clear);
      GfnSet freeForStiff = reach(stiff);
      if (!freeForStiff.equals(free)) {
        addNoOverlap(stiff, freeForStiff);
      }
    }
    for (int i = 0; i < rooms.size(); i++) {
      for (int j : rooms.apart(i).stream().toArray()) {
        addForcedOrder(i, j);
      }
    }
    return cliques;
  }

  /** Says which of two regions is the first where only one order is possible. */
  private void addForcedOrder(int one, int other) {
    if (rooms.of(one).isAlwaysEmpty() || rooms.of(other).isAlwaysEmpty()) {
      return;
    }
    Shape first = shapes.get(one);
    Shape second = shapes.get(other);
    boolean stiff = first.room().hasFixedLength() && second.room().hasFixedLength();
    if (!stiff && Math.max(second.end().min(), second.start().min() + 1) > first.start().max()) {
      List<Literal> both = second.whenPresent(first.whenPresent(List.of()));
      model.difference(second.start(), first.end(), 0, Model.LIMIT, both);
    }
  }

  private void addNoOverlap(BitSet clique, GfnSet free) {
    List<IntervalVar> intervals = new ArrayList<>();
    clique.stream().forEach(i -> intervals.add(shapes.get(i).interval()));
    if (intervals.size() > 2) {
      for (GfnRange range : free.complement().ranges()) {
        intervals.add(model.cp().newFixedInterval(range.start(), range.length(), "o"));
      }
    }
    model.enforce(model.cp().addNoOverlap(intervals), List.of());
  }

  private GfnSet reach(BitSet clique) {
    List<GfnRange> frames = new ArrayList<>();
    clique.stream().forEach(i -> frames.addAll(rooms.of(i).reach().ranges()));
    return GfnSet.of(frames);
  }

  private List<BitSet> cliques() {
    int size = rooms.size();
    BitSet alive = new BitSet();
    for (int i = 0; i < size; i++) {
      alive.set(i, !rooms.of(i).isAlwaysEmpty());
    }
    List<BitSet> open = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      BitSet neighbours = (BitSet) rooms.apart(i).clone();
      neighbours.and(alive);
      open.add(alive.get(i) ? neighbours : new BitSet());
    }
    List<BitSet> cliques = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = open.get(i).nextSetBit(0); j >= 0; j = open.get(i).nextSetBit(0)) {
        BitSet clique = grow(i, j, alive);
        clique.stream().forEach(member -> open.get(member).andNot(clique));
        cliques.add(clique);
      }
    }
    return cliques;
  }

  /** A clique around a pair that no other region extends. */
  private BitSet grow(int one, int other, BitSet alive) {
    BitSet clique = new BitSet();
    clique.set(one);
    clique.set(other);
    BitSet candidates = (BitSet) rooms.apart(one).clone();
    candidates.and(rooms.apart(other));
    candidates.and(alive);
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      clique.set(i);
      candidates.and(rooms.apart(i));
    }
    return clique;
  }

  /** Two regions are apart while all of {@code when} hold. */
  void add(int one, int other, List<Literal> when) {
    Room mine = rooms.of(one);
    Room theirs = rooms.of(other);
    if (mine.isAlwaysEmpty() || theirs.isAlwaysEmpty()) {
      return;
    }
    if (theirs.isFixed()) {
      shapes.get(one).liesIn(GfnSet.of(theirs.fixedRange()).complement(), when);
    } else if (mine.isFixed()) {
      shapes.get(other).liesIn(GfnSet.of(mine.fixedRange()).complement(), when);
    } else if (!rooms.apart(one).get(other)) {
      Literal before = model.literal("b");
      List<Literal> both = shapes.get(other).whenPresent(shapes.get(one).whenPresent(when));
      order(one, other, before, both);
      order(other, one, before.not(), both);
    }
  }

  private void order(int first, int second, Literal chosen, List<Literal> when) {
    List<Literal> all = new ArrayList<>(when);
    all.add(chosen);
    Amount start = shapes.get(second).start();
    Amount end = shapes.get(first).end();
    model.difference(start, end, 0, Model.LIMIT, all);
  }
}
