package org.gfnplan.solver.ortools;

import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/** How many frames of a region are not in a set, as terms of a sum. */
final class Counted {
  /*
   * Let g(a) be the number of frames below address a that are not in X. Then the frames of a region
   * that are not in X are g(end) - g(start), and 0 when it is empty. g is piecewise linear: it
   * climbs by one for each frame outside X and is level inside. One literal for each piece says
   * where the address lies; exactly one holds, so g(a) is a function of a.
   */
  private final Model model;
  private final Map<Key, Amount> known = new HashMap<>();

  Counted(Model model) {
    this.model = model;
  }

  /** Adds the frames of a region that are not in {@code except} to a sum. */
  void addTo(LinearExprBuilder sum, Shape shape, GfnSet except) {
    if (shape.room().isAlwaysEmpty()) {
      return;
    }
    GfnSet uncounted = shape.room().reach().intersection(except);
    if (uncounted.isEmpty()) {
      sum.addTerm(shape.length().expr(), 1);
      return;
    }
    Key key = new Key(shape, except);
    Amount frames = known.get(key);
    if (frames == null) {
      frames = frames(shape, except);
      known.put(key, frames);
    }
    sum.addTerm(frames.expr(), 1);
  }

  private record Key(Shape shape, GfnSet except) {}

  private Amount frames(Shape shape, GfnSet except) {
    Amount length = shape.length();
    Amount frames = model.number(0, length.max(), "c");
    Amount upTo = below(shape.end(), except);
    Amount before = below(shape.start(), except);
    model.between(
        LinearExpr.newBuilder()
            .addTerm(upTo.expr(), 1)
            .addTerm(before.expr(), -1)
            .addTerm(frames.expr(), -1),
        0,
        0,
        List.of());
    // Implied, but the bounds of g(end) and g(start) meet in steps of 1 in up to 2^40 of them.
    model.difference(length, frames, 0, length.max(), List.of());
    return frames;
  }

  private Amount below(Amount address, GfnSet except) {
    List<GfnRange> pieces = pieces(address, except);
    long min = count(except, address.min());
    long max = count(except, address.max());
    if (min == max) {
      return Amount.constant(min);
    }
    Amount result = model.number(min, max, "g");
    List<Literal> chosen = new ArrayList<>();
    for (GfnRange piece : pieces) {
      List<Literal> here = List.of();
      if (pieces.size() > 1) {
        Literal literal = model.literal("z");
        chosen.add(literal);
        here = List.of(literal);
        // An address may be Gfn.LIMIT, a frame may not: that address joins the piece below it.
        long last = piece.end() == Gfn.LIMIT ? Gfn.LIMIT : piece.end() - 1;
        model.between(address.expr(), piece.start(), last, here);
      }
      long start = count(except, piece.start());
      if (except.contains(piece.start())) {
        model.between(result.expr(), start, start, here);
      } else {
        model.difference(address, result, piece.start() - start, piece.start() - start, here);
      }
    }
    if (pieces.size() > 1) {
      model.cp().addExactlyOne(chosen);
    }
    return result;
  }

  /** The addresses that may occur, cut where the count begins to climb or to be level. */
  private static List<GfnRange> pieces(Amount address, GfnSet except) {
    List<GfnRange> pieces = new ArrayList<>();
    GfnRange all =
        new GfnRange(
            Math.min(address.min(), Gfn.LIMIT - 1), Math.min(address.max() + 1, Gfn.LIMIT));
    pieces.addAll(except.within(all).ranges());
    pieces.addAll(except.complement().within(all).ranges());
    pieces.sort(null);
    return pieces;
  }

  /** The number of frames below an address that are not in {@code except}. */
  private static long count(GfnSet except, long address) {
    return address == 0 ? 0 : address - except.overlapSize(new GfnRange(0, address));
  }
}
