package org.gfnplan.benchmarks.index;

import java.util.Locale;
import org.openjdk.jol.info.GraphLayout;

/**
 * How many bytes does each structure take for an extent? Counts all objects that can be reached,
 * and prints a Markdown table.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.index.IndexFootprint</pre>
 */
public final class IndexFootprint {
  private IndexFootprint() {}

  /** Measures at the sizes named, or at a hundred thousand extents. */
  public static void main(String[] args) {
    String[] sizes = args.length == 0 ? new String[] {"100000"} : args;
    for (String size : sizes) {
      int count = Integer.parseInt(size);
      Extents extents = Extents.of(Extents.Space.INT, count).shuffled();
      System.out.printf("%n| disjoint extents, %,d | bytes per extent |%n|---|---:|%n", count);
      for (String name : DisjointPeers.NAMES) {
        row(name, DisjointPeers.named(name, extents).structure(), count);
      }
      Ranges ranges = Ranges.of(Ranges.Space.A, count);
      System.out.printf("%n| ranges that overlap, %,d | bytes per range |%n|---|---:|%n", count);
      for (String name : OverlapPeer.NAMES) {
        row(name, OverlapPeer.named(name, ranges).structure(), count);
      }
    }
  }

  private static void row(String name, Object structure, int count) {
    double bytes = GraphLayout.parseInstance(structure).totalSize();
    System.out.println(String.format(Locale.ROOT, "| %s | %.1f |", name, bytes / count));
  }
}
