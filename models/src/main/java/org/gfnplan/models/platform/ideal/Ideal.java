package org.gfnplan.models.platform.ideal;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.platform.Model;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.platform.Today;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.pmem.PmemBacking;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Placement;
import org.gfnplan.solver.problem.Statement;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/**
 * No tool at all: RAM in any number of chunks, everything else wherever it may lie. What has no
 * layout here has none on any platform; what has one here and none elsewhere is kept from it by the
 * tool and not by the address space.
 */
public final class Ideal implements Platform {
  private static final long FOUR_GIB = 1L << 32;
  private static final Settings NOTHING = new Settings("", List.of());

  @Override
  public String name() {
    return "ideal";
  }

  @Override
  public List<InputProblem> unusable(Scene scene) {
    return GuestFunctions.of(scene).problems();
  }

  @Override
  public Model model(Scene scene) {
    return IdealModel.of(scene);
  }

  @Override
  public Realised realise(Scene scene, Layout layout) {
    List<MapEntry> map = new ArrayList<>();
    List<E820Entry> e820 = new ArrayList<>();
    long lowEnd = 0;
    long highEnd = 0;
    for (Placement placement : layout.placements()) {
      GfnRange range = placement.range();
      Statement why = placement.region().statement();
      if (range == null || why.id().equals("D5") || why.id().equals("F14")) {
        continue;
      }
      String kind = placement.region().kind();
      map.add(new MapEntry(placement.region().name(), kind, range, why.origin()));
      long start = Gfn.toBytes(range.start());
      long end = Gfn.toBytes(range.end());
      if (kind.equals(IdealModel.RAM)) {
        lowEnd = start < FOUR_GIB ? Math.max(lowEnd, end) : lowEnd;
        highEnd = start < FOUR_GIB ? highEnd : Math.max(highEnd, end);
        e820.add(new E820Entry(start, end, E820Entry.RAM));
      } else if (kind.equals("rdm")) {
        e820.add(new E820Entry(start, end, E820Entry.RESERVED));
      }
    }
    map.sort(null);
    e820.sort(E820Entry.BY_ADDRESS);
    return new Realised(NOTHING, lowEnd, highEnd, map, e820, List.of(), List.of(), List.of());
  }

  @Override
  public Settings present(Guest guest) {
    return NOTHING;
  }

  @Override
  public Today today(Scene scene) {
    return Today.of(
        List.of(), "no program lays out a guest like this; compare with the platform it runs on");
  }

  @Override
  public List<Finding> findings(Scene scene) {
    List<Finding> found = new ArrayList<>(scene.host().findings());
    found.addAll(scene.guest().findings());
    found.addAll(GuestFunctions.of(scene).findings());
    found.addAll(PmemBacking.findings(scene));
    found.sort(null);
    return found.stream().distinct().toList();
  }
}
