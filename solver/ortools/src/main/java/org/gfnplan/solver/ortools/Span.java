package org.gfnplan.solver.ortools;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.space.Gfn;

/**
 * A run of addresses, both ends included: an address may be {@code Gfn.LIMIT}, a frame may not.
 *
 * @param first the first address
 * @param last the last address, not before the first
 */
record Span(long first, long last) {
  /** Every address of an edge. */
  static final List<Span> ALL = List.of(new Span(0, Gfn.LIMIT));

  /** The addresses of ascending spans that lie in {@code first..last}. */
  static List<Span> cut(List<Span> spans, long first, long last) {
    List<Span> kept = new ArrayList<>();
    for (Span span : spans) {
      long from = Math.max(first, span.first);
      long to = Math.min(last, span.last);
      if (from <= to) {
        kept.add(new Span(from, to));
      }
    }
    return kept;
  }

  /** The spans cut down to their multiples of {@code step}; without those that hold none. */
  static List<Span> onGrid(List<Span> spans, long step) {
    List<Span> kept = new ArrayList<>();
    for (Span span : spans) {
      long from = Gfn.roundUp(span.first, step);
      long to = Gfn.roundDown(span.last, step);
      if (from <= to) {
        kept.add(new Span(from, to));
      }
    }
    return kept;
  }
}
