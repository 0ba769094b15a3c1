package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gfnplan.solver.problem.Region;
import org.gfnplan.solver.problem.Rule;
import org.gfnplan.solver.space.GfnRange;

/** The regions that must keep clear of each other, pair by pair and as cliques. */
final class Crowd {
  private final Scope scope;
  private final Spans spans;
  private final Meter meter;
  private final List<Room> rooms;
  private final Map<Region, Integer> index = new HashMap<>();
  private final BitSet[] clear;

  Crowd(Scope scope, Spans spans, Meter meter) {
    this.scope = scope;
    this.spans = spans;
    this.meter = meter;
    rooms = scope.rooms.all().stream().filter(r -> !r.isConstant() && r.max() > 0).toList();
    rooms.forEach(room -> index.put(room.region(), index.size()));
    clear = IntStream.range(0, rooms.size()).mapToObj(i -> new BitSet()).toArray(BitSet[]::new);
  }

  /** Posts all required Apart rules; the cliques say again, and stronger, what the pairs say. */
  void post(Packing packing) throws Impossible {
    List<Span> members = rooms.stream().map(room -> spans.of(room.region())).toList();
    for (Rule rule : scope.rules) {
      if (rule instanceof Rule.Apart apart && rule.statement().strength().isRequired()) {
        Integer one = index.get(apart.region());
        for (Region region : apart.others()) {
          Integer other = index.get(region);
          if (one != null && other != null) {
            clear[one].set(other);
            clear[other].set(one);
          }
        }
      }
    }
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < rooms.size(); i++) {
      for (int j = clear[i].nextSetBit(i + 1); j >= 0; j = clear[i].nextSetBit(j + 1)) {
        pairs.add(new int[] {i, j});
      }
    }
    if (!pairs.isEmpty()) {
      new Disjoint(meter, null, members, pairs).post();
    }
    for (List<Region> clique : cliques(members)) {
      postOverload(clique);
      packing.post(clique);
    }
  }

  /** Disjoint sets of at least two regions that all exclude each other and are never empty. */
  private List<List<Region>> cliques(List<Span> members) {
    BitSet free = new BitSet();
    IntStream.range(0, members.size())
        .filter(i -> members.get(i).isNeverEmpty())
        .forEach(free::set);
    List<Integer> order =
        free.stream()
            .boxed()
            .sorted(Comparator.comparingInt(i -> -clear[i].cardinality()))
            .toList();
    List<List<Region>> cliques = new ArrayList<>();
    for (int seed : order) {
      if (!free.get(seed)) {
        continue;
      }
      BitSet common = (BitSet) clear[seed].clone();
      List<Region> clique = new ArrayList<>(List.of(rooms.get(seed).region()));
      free.clear(seed);
      for (int next : order) {
        if (free.get(next) && common.get(next)) {
          clique.add(rooms.get(next).region());
          common.and(clear[next]);
          free.clear(next);
        }
      }
      if (clique.size() > 1) {
        cliques.add(clique);
      }
    }
    return cliques;
  }

  private void postOverload(List<Region> clique) {
    List<GfnRange> usable = spans.usable(clique);
    List<Span> members = clique.stream().map(spans::of).toList();
    // What lies between two ranges that some member can use is taken.
    long[] starts = Arrays.stream(spans.ends(usable)).limit(usable.size() - 1L).toArray();
    long[] ends = Arrays.stream(spans.starts(usable)).skip(1).toArray();
    new Overload(meter, members, starts, ends).post();
  }
}
