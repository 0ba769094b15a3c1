package org.gfnplan.solver.p2m;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map does what a map of single frames does, whatever is asked of it in whatever order. */
class P2mFuzzTest {
  private static final int OPERATIONS = 120;

  /** What is asked; {@code extent} is the range and the rest of what an operation needs. */
  record Operation(String word, Extent extent, Extent other) {}

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doesWhatSingleFramesDo(long seed) {
    List<Operation> operations = random(seed);
    if (difference(operations) != null) {
      List<Operation> least = shrunk(operations, tried -> difference(tried) != null);
      fail("seed %d: %s after %s".formatted(seed, difference(least), least));
    }
  }

  @Test
  void everyOutcomeIsSeenOften() {
    TreeMap<String, Integer> seen = new TreeMap<>();
    seeds().forEach(seed -> run(random(seed), seen));
    for (String outcome :
        List.of(
            "free",
            "collides",
            "mapped",
            "counted",
            "partial",
            "taken",
            "held",
            "left",
            "cleared",
            "unknown",
            "allRefused",
            "allDone",
            "restored")) {
      assertTrue(seen.getOrDefault(outcome, 0) > 200, outcome + ": " + seen);
    }
  }

  @Test
  void shrinkingLeavesOnlyWhatIsNeeded() {
    List<Operation> operations = random(1);
    Operation last = operations.get(operations.size() - 1);
    assertEquals(List.of(last), shrunk(operations, tried -> tried.contains(last)));
  }

  private static @Nullable String difference(List<Operation> operations) {
    try {
      return run(operations, new TreeMap<>());
    } catch (RuntimeException | AssertionError e) {
      return e.toString();
    }
  }

  /** The first difference, or null. */
  private static @Nullable String run(List<Operation> operations, Map<String, Integer> seen) {
    P2mMap map = new P2mMap();
    IdentityMappings identities = new IdentityMappings(map);
    FrameByFrame model = new FrameByFrame();
    for (Operation operation : operations) {
      P2mSnapshot before = map.snapshot();
      List<Extent> expectedBefore = model.extents();
      String mine = mine(operation, map, identities);
      String wanted = wanted(operation, model);
      seen.merge(wanted.split(" ")[0], 1, Integer::sum);
      if (!mine.equals(wanted)) {
        return operation + " says " + mine + ", not " + wanted;
      }
      if (!map.all().equals(model.extents())) {
        return operation + " makes " + map.all() + ", not " + model.extents();
      }
      if (!map.pages().equals(FrameByFrame.pages(map.all()))) {
        return operation + " counts " + map.pages();
      }
      if (!before.all().equals(expectedBefore)) {
        return operation + " changed a snapshot";
      }
      String look = looks(operation.extent().range(), map, model);
      if (look != null) {
        return operation + ": " + look;
      }
    }
    return null;
  }

  private static @Nullable String looks(GfnRange range, P2mView map, FrameByFrame model) {
    long first = P2mView.NONE;
    for (long gfn = range.end() - 1; gfn >= range.start(); gfn--) {
      FrameByFrame.Frame frame = model.at(gfn);
      first = frame == null ? first : gfn;
      Extent there = map.at(gfn);
      if ((there == null) != (frame == null)
          || (there != null && frame != null && there.mfnAt(gfn) != frame.mfn())) {
        return "gfn %d is in %s".formatted(gfn, there);
      }
    }
    long count = model.extents().stream().filter(extent -> extent.range().overlaps(range)).count();
    boolean right =
        map.first(range.start(), range.end()) == first
            && map.any(range.start(), range.end()) == (first != P2mView.NONE)
            && map.count(range.start(), range.end()) == count
            && map.in(range).size() == count;
    return right ? null : "a look at " + range + " is wrong";
  }

  private static String mine(Operation operation, P2mMap map, IdentityMappings identities) {
    Extent extent = operation.extent();
    return switch (operation.word()) {
      case "insert" -> map.insert(extent) == null ? "free" : "collides";
      case "insertAll" ->
          map.insertAll(List.of(extent, operation.other())) == null ? "allDone" : "allRefused";
      case "replace" -> {
        map.replace(extent);
        yield "replaced";
      }
      case "remove" -> "removed " + map.remove(extent.range());
      case "undo" -> {
        P2mSnapshot before = map.snapshot();
        map.replace(extent);
        map.remove(operation.other().range());
        map.restore(before);
        yield "restored";
      }
      case "release" -> released(identities.remove(extent.range()));
      default ->
          word(identities.add(extent.range(), extent.access(), operation.word().equals("relaxed")));
    };
  }

  private static String word(IdentityOutcome outcome) {
    if (outcome instanceof IdentityOutcome.Counted counted) {
      return "counted " + counted.holders();
    } else if (outcome instanceof IdentityOutcome.HeldOtherwise other) {
      return "held " + other.held() + " " + other.access();
    } else if (outcome instanceof IdentityOutcome.Taken taken) {
      return "taken " + taken.inTheWay().range().start();
    } else if (outcome instanceof IdentityOutcome.Partial partial) {
      List<Long> left = new ArrayList<>();
      for (Extent extent : partial.left()) {
        LongStream.range(extent.range().start(), extent.range().end()).forEach(left::add);
      }
      return "partial " + left;
    }
    return "mapped";
  }

  private static String released(int left) {
    return left == IdentityMappings.UNKNOWN ? "unknown" : left == 0 ? "cleared" : "left " + left;
  }

  private static String wanted(Operation operation, FrameByFrame model) {
    Extent extent = operation.extent();
    return switch (operation.word()) {
      case "insert" -> model.insert(extent) ? "free" : "collides";
      case "insertAll" -> {
        FrameByFrame trial = model.copy();
        if (!trial.insert(extent) || !trial.insert(operation.other())) {
          yield "allRefused";
        }
        model.replace(extent);
        model.replace(operation.other());
        yield "allDone";
      }
      case "replace" -> {
        model.replace(extent);
        yield "replaced";
      }
      case "remove" -> "removed " + model.remove(extent.range());
      case "undo" -> "restored";
      case "release" -> released(model.release(extent.range()));
      default -> model.add(extent.range(), extent.access(), operation.word().equals("relaxed"));
    };
  }

  /** Addresses are few, so that ranges meet; every other space is around a 2 MiB border. */
  private static List<Operation> random(long seed) {
    Random random = new Random(seed);
    boolean wide = seed % 2 == 0;
    List<String> words =
        List.of(
            "insert",
            "insert",
            "insertAll",
            "replace",
            "remove",
            "remove",
            "undo",
            "release",
            "release",
            "strict",
            "strict",
            "relaxed",
            "relaxed");
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      String word = words.get(random.nextInt(words.size()));
      boolean identity = List.of("strict", "relaxed", "release").contains(word);
      operations.add(
          new Operation(word, extent(random, wide, identity), extent(random, wide, false)));
    }
    return operations;
  }

  private static Extent extent(Random random, boolean wide, boolean identity) {
    long start = random.nextLong(wide ? 16 : 24) + (wide ? 0x1f8 : 0);
    long length = 1 + random.nextLong(8) + (wide && random.nextInt(4) == 0 ? 0x3f0 : 0);
    if (identity) {
      // Few different ranges, so that the same one is asked for again.
      start = start / 4 * 4;
      length = random.nextInt(5) == 0 ? 6 : 4;
    }
    GfnRange range = GfnRange.at(start, length);
    Access access = random.nextInt(4) == 0 ? Access.READ : Access.READ_WRITE;
    return switch (random.nextInt(5)) {
      case 0 -> Extent.identity(range, access);
      case 1 -> new Extent(range, start, P2mType.DEVICE, access);
      case 2 -> new Extent(range, start + 0x200, P2mType.RAM, access);
      case 3 -> Extent.anywhere(range, P2mType.RAM, access);
      default -> new Extent(range, random.nextInt(8), P2mType.SPECIAL, access);
    };
  }

  /** Fewer operations of which the claim is still true. */
  private static List<Operation> shrunk(
      List<Operation> operations, Predicate<List<Operation>> claim) {
    List<Operation> least = new ArrayList<>(operations);
    for (int length = least.size(); length >= 1; length /= 2) {
      int at = 0;
      while (at + length <= least.size()) {
        List<Operation> tried = new ArrayList<>(least);
        tried.subList(at, at + length).clear();
        if (claim.test(tried)) {
          least = tried;
        } else {
          at += length;
        }
      }
    }
    return least;
  }
}
