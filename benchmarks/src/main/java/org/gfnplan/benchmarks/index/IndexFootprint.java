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
      System.out.print(tables(Integer.parseInt(size)));
    }
  }

  /** Both tables: of extents that are disjoint, and of ranges that overlap. */
  static String tables(int count) {
    StringBuilder tables = new StringBuilder();
    tables.append(
        String.format(
            Locale.ROOT, "%n| disjoint extents, %,d | bytes per extent |%n|---|---:|%n", count));
    Extents extents = Extents.of(Extents.Space.INT, count).shuffled();
    for (String name : DisjointPeers.NAMES) {
      // With vectors the arrays are the same, and not every machine has them.
      if (!name.equals("gfnindex-vector")) {
        tables.append(row(name, DisjointPeers.named(name, extents).structure(), count));
      }
    }
    tables.append(
        String.format(
            Locale.ROOT, "%n| ranges that overlap, %,d | bytes per range |%n|---|---:|%n", count));
    Ranges ranges = Ranges.of(Ranges.Space.A, count);
    for (String name : OverlapPeer.NAMES) {
      tables.append(row(name, OverlapPeer.named(name, ranges).structure(), count));
    }
    return tables.toString();
  }

  private static String row(String name, Object structure, int count) {
    double bytes = GraphLayout.parseInstance(structure).totalSize();
    return String.format(Locale.ROOT, "| %s | %.1f |%n", name, bytes / count);
  }
}
