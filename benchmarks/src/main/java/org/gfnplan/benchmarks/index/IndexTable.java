package org.gfnplan.benchmarks.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What did JMH measure, and how many times does each rival take? Prints a Markdown table for each
 * question; building and joining are divided by the number of extents.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.index.IndexTable \
 *     results.json</pre>
 */
public final class IndexTable {
  private static final double MANY = 100_000;

  private IndexTable() {}

  /** Reads the files named. */
  public static void main(String[] args) throws IOException {
    List<Measured> all = new ArrayList<>();
    for (String file : args) {
      all.addAll(Measured.read(Path.of(file)));
    }
    System.out.print(tables(all));
  }

  static String tables(List<Measured> all) {
    TreeMap<String, List<Measured>> byQuestion = new TreeMap<>();
    for (Measured one : all) {
      String name = one.space().isEmpty() ? one.question() : one.question() + ", " + one.space();
      byQuestion.computeIfAbsent(name, unused -> new ArrayList<>()).add(one);
    }
    StringBuilder text = new StringBuilder();
    byQuestion.forEach((name, measured) -> text.append(table(name, measured)));
    return text.toString();
  }

  private static String table(String name, List<Measured> measured) {
    Set<Integer> sizes = new TreeSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Measured one : measured) {
      sizes.add(one.size());
      names.add(one.implementation());
    }
    String ours = names.contains("p2m-map") ? "p2m-map" : "gfnindex";
    StringBuilder text = new StringBuilder("\n**" + name + "**\n\n| ns |");
    StringBuilder line = new StringBuilder("\n|---|");
    for (int size : sizes) {
      text.append(String.format(Locale.ROOT, " %,d | |", size));
      line.append("---:|---:|");
    }
    text.append(" B/op |").append(line).append("---:|\n");
    for (String implementation : names) {
      text.append("| ").append(implementation).append(" |");
      for (int size : sizes) {
        Optional<Measured> mine = find(measured, implementation, size);
        Optional<Measured> best = find(measured, ours, size);
        text.append(mine.map(IndexTable::time).orElse(" |"));
        text.append(
            mine.isPresent() && best.isPresent()
                ? String.format(Locale.ROOT, " %.1fx |", mine.get().nanos() / best.get().nanos())
                : " |");
      }
      text.append(allocated(measured, implementation)).append('\n');
    }
    return text.toString();
  }

  private static Optional<Measured> find(List<Measured> measured, String name, int size) {
    return measured.stream()
        .filter(one -> one.implementation().equals(name) && one.size() == size)
        .findFirst();
  }

  private static String time(Measured one) {
    boolean many = one.nanos() >= MANY;
    String format = many ? " %,.0f" : one.nanos() >= 1_000 ? " %.0f" : " %.1f";
    String time = String.format(Locale.ROOT, format, one.nanos());
    // JMH knows no error of a single iteration.
    return Double.isFinite(one.error()) && one.error() > 0
        ? time + String.format(Locale.ROOT, " ± %.0f%% |", 100 * one.error() / one.nanos())
        : time + " |";
  }

  private static String allocated(List<Measured> measured, String name) {
    return measured.stream()
        .filter(one -> one.implementation().equals(name))
        .map(Measured::allocated)
        .filter(bytes -> bytes != null)
        .reduce(Double::max)
        .map(bytes -> String.format(Locale.ROOT, " %.0f |", bytes))
        .orElse(" |");
  }
}
