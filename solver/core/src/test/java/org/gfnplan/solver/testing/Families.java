package org.gfnplan.solver.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gfnplan.solver.problem.Problem;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.testing.Instance.Item;
import org.gfnplan.solver.testing.Instance.Kind;

/**
 * Instance families with a name for each instance: the same name gives the same instance in every
 * program that follows the definition, which is what makes measurements comparable.
 *
 * <p>{@code R:n:seed} realistic, {@code L:seed} large, {@code T:n:h:free:extra:seed} tight powers
 * of two, {@code H:n:feasible:seed} one block size too many, {@code C:n:k:seed} close to wishes,
 * {@code M:n:g:fill:seed} mixed windows, {@code P:m:B:mode:unit:seed} 3-partition. {@code
 * X:n:c:seed} and {@code H:b:h} are problems of many statements, see {@link StatementFamilies};
 * {@code W:n:f:w:mode:seed} are bars in a window, see {@link WindowFamilies}, and {@code
 * K:n:m:seed} regions among many fixed ones, see {@link CrowdedProblems}.
 */
public final class Families {
  /** Every named instance that is measured and tested. */
  public static final List<String> SUITE =
      List.of(
          "R:5:1",
          "R:10:2",
          "R:20:3",
          "R:30:4",
          "R:30:8",
          "L:1",
          "L:2",
          "T:100:16:10:0:1",
          "T:100:16:0:0:1",
          "T:100:16:0:1:1",
          "T:300:16:0:0:2",
          "T:300:16:0:1:2",
          "H:60:1:1",
          "H:60:0:1",
          "H:200:0:3",
          "C:60:6:1",
          "M:60:6:999:1",
          "M:120:12:999:1",
          "P:4:1000:0:512:1",
          "P:8:1000:0:512:1",
          "P:8:1000:1:512:1",
          "P:12:1000:0:512:1",
          "P:16:1000:0:512:1",
          "P:24:1000:0:512:1",
          "P:8:1000:2:512:1");

  private static final long MIB = 256;
  private static final long GIB = 1024 * MIB;

  private final String spec;
  private final long[] numbers;
  private final SplitMix64 random;
  private final List<GfnRange> fixed = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private int bits = 39;
  private long ram = 4 * GIB;
  private long lowTop = 0xFC000;
  private long lowMin = 0x80000;
  private long lowMax = 0xF0000;
  private long lowAlign = 1;

  private Families(String spec) {
    this.spec = spec;
    this.numbers = Arrays.stream(spec.split(":")).skip(1).mapToLong(Long::parseLong).toArray();
    random = new SplitMix64(numbers[numbers.length - 1]);
    fixed.add(new GfnRange(0xA0, 0x100));
  }

  private static long[] numbers(String spec) {
    return Arrays.stream(spec.split(":")).skip(1).mapToLong(Long::parseLong).toArray();
  }

  /** The letter of a family and how many numbers its names have. */
  private static String shape(String spec, long[] numbers) {
    return spec.charAt(0) + "/" + numbers.length;
  }

  /** The problem of any name, of statement families too. */
  public static Problem problem(String spec) {
    if (WindowFamilies.knows(spec)) {
      return WindowFamilies.problem(spec);
    }
    if (CrowdedProblems.knows(spec)) {
      return CrowdedProblems.problem(spec);
    }
    return StatementFamilies.knows(spec) ? StatementFamilies.problem(spec) : parse(spec).problem();
  }

  /** The instance of a name such as {@code R:30:8}. */
  public static Instance parse(String spec) {
    Families draft = new Families(spec);
    long[] n = draft.numbers;
    switch (shape(spec, n)) {
      case "R/2" -> draft.realistic(n[0]);
      case "L/1" -> draft.large();
      case "T/5" -> draft.tight(n[0], (int) n[1], n[2], n[3]);
      case "H/3" -> draft.oneTooMany(n[0], n[1] == 1);
      case "C/3" -> draft.close(n[0], n[1]);
      case "M/4" -> draft.windows(n[0], n[1], n[2]);
      case "P/5" -> draft.partition((int) n[0], n[1], n[2], n[3]);
      default ->
          throw new IllegalArgumentException("the name must be of a known family: spec=" + spec);
    }
    return draft.finish();
  }

  /**
   * Whether an instance has a layout, where its definition or its publication says so; empty where
   * nobody knows without solving it.
   */
  public static Optional<Boolean> isKnownPossible(String spec) {
    long[] n = numbers(spec);
    return switch (shape(spec, n)) {
      case "T/5" -> n[2] == 0 || n[3] == 0 ? Optional.of(n[3] == 0) : Optional.empty();
      case "H/3" -> n[1] == 1 ? published(spec) : Optional.of(false);
      case "H/2" -> Optional.of(n[0] <= 112 - n[1]);
      case "X/3" -> n[1] > 0 ? Optional.of(false) : Optional.empty();
      case "M/4" -> n[2] <= 1000 ? Optional.of(true) : Optional.empty();
      case "P/5" -> Optional.of(n[2] == 0);
      case "W/5" -> Optional.of(WindowFamilies.isPossible(spec));
      default -> published(spec);
    };
  }

  /** What is in the suite and not impossible by its definition was published as possible. */
  private static Optional<Boolean> published(String spec) {
    return SUITE.contains(spec) ? Optional.of(true) : Optional.empty();
  }

  private Instance finish() {
    return new Instance(
        spec, bits, ram, lowTop, lowMin, lowMax, lowAlign, fixed, List.copyOf(items));
  }

  private void realistic(long count) {
    addPlatform();
    ram = new long[] {2, 4, 8, 16, 64}[random.index(5)] * GIB;
    lowAlign = MIB;
    long taken = 1 + random.below(3);
    addFixed(0xCB800, 0xCFA00);
    if (taken >= 2) {
      addFixed(0xBAA39, 0xBAA4C);
    }
    if (taken >= 3) {
      addFixed(0x3A000, 0x3A100);
    }
    long demand = 0;
    long next = 0xF0000;
    for (int i = 0; i < count; i++) {
      if (random.below(3) == 0) {
        long size = new long[] {4, 16, 256, 2048, 8192, 65536}[random.index(6)];
        add(size, size, Kind.ANY);
        continue;
      }
      long size;
      do {
        size = new long[] {1, 4, 16, 32, 256, 4096, 8192}[random.index(7)];
      } while (demand + size > 0x10000);
      demand += size;
      long home = Gfn.roundUp(next, size);
      if (home + size <= 0xFC000) {
        next = home + size;
      } else {
        home = -1;
      }
      items.add(new Item(size, size, Kind.LOW, home));
    }
    for (long i = random.below(3); i > 0; i--) {
      long size = (1 + random.below(64)) * 128 * MIB;
      add(size, random.below(2) == 0 ? 512 : 1 << 18, Kind.HIGH);
    }
  }

  private void large() {
    addPlatform();
    bits = 52;
    ram = 512 * GIB;
    lowAlign = MIB;
    lowMin = 0x40000;
    for (int i = 0; i < 100; i++) {
      long size = 1L << random.below(12);
      add(size, size, Kind.LOW);
    }
    for (int i = 0; i < 100; i++) {
      long size = 1L << (2 + random.below(15));
      add(size, size, Kind.ANY);
    }
    for (int i = 0; i < 64; i++) {
      long size = (1 + random.below(1 << 17)) * 512;
      add(size, random.below(2) == 0 ? 512 : 1 << 18, Kind.HIGH);
    }
    for (int i = 0; i < 30; i++) {
      long start = 0x20000 + random.below(0xD8000);
      addFixed(start, start + 1 + random.below(64));
    }
    for (int i = 0; i < 70; i++) {
      long start = (1L << 20) + random.below(1L << 32);
      addFixed(start, start + 1 + random.below(1 << 14));
    }
  }

  private void tight(long count, int height, long freePerMille, long extra) {
    long all = 1L << height;
    startHole(all);
    List<GfnRange> blocks = new ArrayList<>(List.of(GfnRange.at(lowMin, all)));
    while (blocks.size() < count) {
      int i = random.index(blocks.size());
      int tries = 0;
      while (blocks.get(i).length() == 1
          || (random.below(3) != 0 && tries++ < 5 && blocks.get(i).length() < all >> 5)) {
        i = random.index(blocks.size());
      }
      GfnRange split = blocks.remove(i);
      long half = split.length() / 2;
      blocks.add(GfnRange.at(split.start(), half));
      blocks.add(GfnRange.at(split.start() + half, half));
    }
    random.shuffle(blocks);
    long free = all * freePerMille / 1000;
    long taken = Math.max(1, count / 10);
    for (GfnRange block : blocks) {
      if (taken > 0 && block.length() <= all >> 6) {
        fixed.add(block);
        taken--;
      } else if (free >= block.length()) {
        free -= block.length();
      } else {
        add(block.length(), block.length(), Kind.LOW);
      }
    }
    for (long i = 0; i < extra; i++) {
      add(1, 1, Kind.LOW);
    }
  }

  private void oneTooMany(long count, boolean feasible) {
    startHole(0x10000);
    List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      slots.add(i);
    }
    random.shuffle(slots);
    for (int i = 0; i < 30; i++) {
      long start = lowMin + slots.get(i) * 1024L + random.below(1024);
      addFixed(start, start + 1);
    }
    for (int i = 0; i < (feasible ? 34 : 35); i++) {
      add(1024, 1024, Kind.LOW);
    }
    while (items.size() < count) {
      long size = 1L << random.below(6);
      add(size, size, Kind.LOW);
    }
    random.shuffle(items);
  }

  private void close(long count, long taken) {
    addPlatform();
    ram = 8 * GIB;
    lowAlign = MIB;
    lowMax = 0xE0000;
    long next = 0xE0000;
    for (int i = 0; i < count; i++) {
      long size = 1L << random.below(11);
      long start = Gfn.roundUp(next, size);
      if (start + size > 0xFC000) {
        break;
      }
      next = start + size;
      items.add(new Item(size, size, Kind.LOW, start));
    }
    for (long i = 0; i < taken; i++) {
      long start = 0xE0000 + random.below(next - 0xE0000);
      addFixed(start, start + 1 + random.below(200));
    }
  }

  private void windows(long count, long gaps, long fillPerMille) {
    bits = 48;
    allLow();
    long unit = 512;
    long from = 1L << 20;
    for (long gap = 0; gap < gaps; gap++) {
      long cursor = from;
      long here = gap < gaps - 1 ? count / gaps : count - items.size();
      for (long i = 0; i < here; i++) {
        long align = unit << random.below(5);
        long size = (1 + 2 * random.below(32)) * align;
        if (random.below(3) == 0) {
          size += unit * random.below(3);
        }
        cursor = Gfn.roundUp(cursor, align) + size;
        add(size, align, Kind.HIGH);
      }
      cursor = Gfn.roundUp(from + (cursor - from) * 1000 / fillPerMille, unit);
      addFixed(cursor, cursor + unit * (1 + random.below(7)));
      from = Gfn.roundUp(cursor + 7 * unit, unit);
    }
    addFixed(from, 1L << (bits - 12));
    random.shuffle(items);
  }

  private void partition(int triples, long sum, long mode, long unit) {
    allLow();
    long target = sum;
    while (mode >= 1 && target % 4 != 2) {
      target++;
    }
    long from = 1L << 20;
    for (int i = 0; i < triples; i++) {
      addFixed(from + target * unit, from + (target + 1) * unit);
      from += (target + 1) * unit;
    }
    addFixed(from, 1L << (bits - 12));
    List<Long> sizes =
        mode == 0
            ? ThreePartition.possible(random, triples, target)
            : ThreePartition.impossible(
                random, triples, target, mode == 1 ? triples * target : triples * (target - 3) + 4);
    random.shuffle(sizes);
    sizes.forEach(size -> add(size * unit, unit, Kind.HIGH));
  }

  private void allLow() {
    addPlatform();
    lowMax = lowMin;
    ram = 0x80000 - 0x60;
  }

  /** A hole of this many frames, with low memory right below and the platform right above. */
  private void startHole(long frames) {
    lowMin = 0xE0000;
    lowMax = lowMin;
    lowTop = lowMin + frames;
    addPlatform();
  }

  private void addPlatform() {
    addFixed(lowTop, 0x100000);
  }

  private void addFixed(long start, long end) {
    fixed.add(new GfnRange(start, end));
  }

  private void add(long size, long align, Kind kind) {
    items.add(new Item(size, align, kind, -1));
  }
}
