package org.gfnplan.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts by name and times, for a report at the end of a campaign. */
final class Tally {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<Long> nanos = new ArrayList<>();

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  int of(String what) {
    return counts.getOrDefault(what, 0);
  }

  void time(long elapsed) {
    nanos.add(elapsed);
  }

  void print(String title) {
    System.out.println(title);
    counts.forEach((what, count) -> System.out.printf(Locale.ROOT, "  %s: %d%n", what, count));
    if (!nanos.isEmpty()) {
      Collections.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "  ms: median %.2f, 95 %% below %.2f, longest %.2f%n",
          at(0.5),
          at(0.95),
          at(1));
    }
  }

  private double at(double share) {
    return nanos.get((int) Math.ceil(share * nanos.size()) - 1) / 1e6;
  }
}
