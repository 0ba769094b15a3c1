package org.gfnplan.models.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gfnplan.models.diff.LayoutChange.Effect;
import org.gfnplan.models.diff.LayoutChange.How;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * What differs between two layouts of a guest.
 *
 * @param before the one
 * @param after the other
 * @param changes what differs, by address
 */
public record LayoutDiff(Picture before, Picture after, List<LayoutChange> changes) {
  /*
   * Things are told apart by kind and name, and a thing is all its pieces. What a guest relies on
   * must keep every frame, and where the frames are an object's pages in order, its start as well.
   * The PCI window, addresses that no DMA reaches and QEMU's own frames are nothing that a guest relies on, but nothing new can
   * come where QEMU has frames.
   */
  private static final Set<String> NOT_RELIED_ON = Set.of("hole", "iova", "qemu");
  private static final Set<String> IN_ORDER = Set.of("bar", "pmem");

  private record Key(String kind, String name) {}

  private static final Comparator<Key> BY_NAME =
      Comparator.comparing(Key::kind).thenComparing(Key::name);

  public LayoutDiff {
    changes = List.copyOf(changes);
  }

  /**
   * Compares two plans, or a plan with what a guest saw.
   *
   * @throws UnusableInput when neither is a plan
   */
  public static LayoutDiff of(Picture before, Picture after) throws UnusableInput {
    PlanDocument first = before.plan();
    PlanDocument second = after.plan();
    if (first == null && second == null) {
      throw new UnusableInput(
          List.of(
              new InputProblem(
                  Origin.builtIn(before.document(), ""),
                  "is no plan, and neither is " + after.document() + "; one has to be")));
    }
    if (first != null && second != null) {
      return new LayoutDiff(
          before, after, changes(before.map(), after.map(), first.registersKnown()));
    }
    PlanDocument plan = first != null ? first : second;
    if (plan == null) {
      throw new IllegalStateException("one of two must be a plan: " + before.document());
    }
    return new LayoutDiff(
        before,
        after,
        changes(before.asSeenByGuest(plan).map(), after.asSeenByGuest(plan).map(), true));
  }

  /** Whether a guest that runs in the first layout could go on in the second. */
  public Effect effect() {
    Effect worst = Effect.NONE;
    for (LayoutChange change : changes) {
      worst = change.effect().compareTo(worst) > 0 ? change.effect() : worst;
    }
    return worst;
  }

  private static List<LayoutChange> changes(
      List<MapEntry> before, List<MapEntry> after, boolean registersKnown) {
    Map<Key, GfnSet> old = things(before);
    Map<Key, GfnSet> now = things(after);
    TreeSet<Key> keys = new TreeSet<>(BY_NAME);
    keys.addAll(old.keySet());
    keys.addAll(now.keySet());
    GfnSet used = used(before);
    GfnSet window = window(before, registersKnown);
    List<LayoutChange> changes = new ArrayList<>();
    for (Key key : keys) {
      GfnSet from = old.getOrDefault(key, GfnSet.empty());
      GfnSet to = now.getOrDefault(key, GfnSet.empty());
      if (!from.equals(to)) {
        changes.add(change(key, from, to, used, window));
      }
    }
    changes.addAll(retyped(before, after));
    changes.sort(
        Comparator.comparingLong(LayoutDiff::place)
            .thenComparing(LayoutChange::how)
            .thenComparing(LayoutChange::kind)
            .thenComparing(LayoutChange::name));
    return changes;
  }

  private static Map<Key, GfnSet> things(List<MapEntry> map) {
    Map<Key, List<GfnRange>> pieces = new TreeMap<>(BY_NAME);
    for (MapEntry entry : map) {
      pieces
          .computeIfAbsent(new Key(entry.kind(), entry.name()), key -> new ArrayList<>())
          .add(entry.range());
    }
    Map<Key, GfnSet> things = new TreeMap<>(BY_NAME);
    pieces.forEach((key, ranges) -> things.put(key, GfnSet.of(ranges)));
    return things;
  }

  private static GfnSet used(List<MapEntry> map) {
    return GfnSet.of(
        map.stream()
            .filter(entry -> !entry.kind().equals("hole") && !entry.kind().equals("iova"))
            .map(MapEntry::range)
            .toList());
  }

  /** Where registers may lie that the layout does not name. */
  private static GfnSet window(List<MapEntry> map, boolean registersKnown) {
    if (registersKnown) {
      return GfnSet.empty();
    }
    return GfnSet.of(
        map.stream().filter(entry -> entry.kind().equals("hole")).map(MapEntry::range).toList());
  }

  private static LayoutChange change(Key key, GfnSet from, GfnSet to, GfnSet used, GfnSet window) {
    GfnSet added = to.minus(from);
    boolean keepsAll = from.minus(to).isEmpty();
    How how = how(from, to, added.isEmpty(), keepsAll);
    long frames = how == How.MOVED ? firstFrame(to) - firstFrame(from) : to.size() - from.size();
    Effect effect = Effect.NONE;
    if (!NOT_RELIED_ON.contains(key.kind())) {
      boolean startMoved =
          IN_ORDER.contains(key.kind())
              && !from.isEmpty()
              && !to.isEmpty()
              && firstFrame(from) != firstFrame(to);
      if (!keepsAll || startMoved || !added.intersection(used).isEmpty()) {
        effect = Effect.BREAKS;
      } else if (!added.intersection(window).isEmpty()) {
        effect = Effect.UNKNOWN;
      }
    }
    return new LayoutChange(
        how, key.name(), key.kind(), null, from, to, Gfn.toBytes(frames), effect);
  }

  private static How how(GfnSet from, GfnSet to, boolean addsNothing, boolean keepsAll) {
    if (from.isEmpty()) {
      return How.APPEARED;
    } else if (to.isEmpty()) {
      return How.VANISHED;
    } else if (keepsAll) {
      return How.GREW;
    } else if (addsNothing) {
      return How.SHRANK;
    }
    boolean single = from.ranges().size() == 1 && to.ranges().size() == 1;
    return single && from.size() == to.size() ? How.MOVED : How.CHANGED;
  }

  /** Frames that are in use in both, by things of another kind. */
  private static List<LayoutChange> retyped(List<MapEntry> before, List<MapEntry> after) {
    List<LayoutChange> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() && j < after.size()) {
      MapEntry old = before.get(i);
      MapEntry now = after.get(j);
      GfnRange both = old.range().intersection(now.range());
      boolean used = !old.kind().equals("hole") && !now.kind().equals("hole");
      if (both != null && used && !old.kind().equals(now.kind())) {
        changes.add(
            new LayoutChange(
                How.RETYPED,
                old.name(),
                old.kind(),
                now.kind(),
                GfnSet.of(both),
                GfnSet.of(both),
                Gfn.toBytes(both.length()),
                NOT_RELIED_ON.contains(old.kind()) ? Effect.NONE : Effect.BREAKS));
      }
      if (old.range().end() < now.range().end()) {
        i++;
      } else {
        j++;
      }
    }
    return changes;
  }

  private static long place(LayoutChange change) {
    return firstFrame(change.before().isEmpty() ? change.after() : change.before());
  }

  private static long firstFrame(GfnSet frames) {
    return frames.ranges().get(0).start();
  }
}
