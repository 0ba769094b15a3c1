package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards.Network;
import org.gfnplan.models.guest.GuestCards.Video;
import org.gfnplan.models.guest.KeptRange;
import org.gfnplan.models.guest.MmioHole;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.pci.GuestFunction;
import org.gfnplan.models.platform.pci.GuestFunctions;
import org.gfnplan.models.platform.rdm.KeptRules;
import org.gfnplan.models.platform.rdm.RdmClaim;
import org.gfnplan.models.platform.xen.hvmloader.BarAddresses;
import org.gfnplan.models.platform.xen.hvmloader.BarPlacement;
import org.gfnplan.models.platform.xen.hvmloader.EmulatedDevices;
import org.gfnplan.models.platform.xen.hvmloader.PciFunction;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.jspecify.annotations.Nullable;

/** Under which ends of low RAM hvmloader gives every register of an HVM guest a good address. */
final class XenBars {
  /*
   * hvmloader packs registers greedily; which holes it copes with has no short formula, but there
   * are only 3,585 holes and a placement takes some 100 ns. A hole is asked for with the map that
   * libxl then hands over: reserved memory that RAM covers is not in it.
   */

  /** libxl_dm.c leaves the first three slots to the chipset, xen-platform and the video card. */
  private static final int SLOTS = 32;

  /** What hvmloader's golden cases were run with; a narrower guess refuses more. */
  private static final int USUAL_BITS = 39;

  private static final int MOST_BITS = 48;

  private final Guest guest;
  private final long ramBytes;
  private final int bits;
  private final List<PciFunction> functions = new ArrayList<>();
  private final Map<PciFunction, GuestFunction> owners;
  private final List<Register> registers = new ArrayList<>();
  private final List<E820Entry> told = new ArrayList<>();
  private final List<GfnRange> required = new ArrayList<>();
  private final List<GfnRange> wished = new ArrayList<>();
  private final Map<BitSet, BarPlacement> placements = new HashMap<>();
  private final BarAddresses addresses;

  /**
   * A register that wants memory, and the function it belongs to.
   *
   * @param bar the register
   * @param name what to call it
   * @param owner the function of the guest's own, or null when the platform emulates it
   */
  record Register(Bar bar, String name, @Nullable GuestFunction owner) {}

  private XenBars(Scene scene) {
    guest = scene.guest();
    ramBytes = Gfn.toBytes(guest.memory().ramFrames());
    bits = bits(scene);
    owners = collect(scene);
    for (PciFunction function : functions) {
      for (Bar bar : function.bars()) {
        if (bar.isMemory()) {
          GuestFunction owner = owners.get(function);
          String name =
              owner != null
                  ? owner.label(bar)
                  : bar.index() == Bar.ROM
                      ? "ROM of " + function.name()
                      : "BAR %d of %s".formatted(bar.index(), function.name());
          registers.add(new Register(bar, name, owner));
        }
      }
    }
    registers.sort(Comparator.comparingLong((Register r) -> r.bar().bytes()).reversed());
    addresses = new BarAddresses(registers.size());
    for (RdmClaim claim : RdmClaim.of(scene)) {
      GfnRange frames = claim.memory().frames();
      if (claim.isToldOf()) {
        told.add(
            new E820Entry(
                Gfn.toBytes(frames.start()), Gfn.toBytes(frames.end()), E820Entry.RESERVED));
      } else {
        (guest.rdm().mirror() == null ? wished : required).add(frames);
      }
    }
    required.addAll(KeptRules.mirrored(scene));
    for (KeptRange range : guest.rdm().ranges()) {
      wished.add(GfnRange.coveringBytes(range.startByte(), range.endByte()));
    }
  }

  static XenBars of(Scene scene) {
    return new XenBars(scene);
  }

  /** How many slots the functions need beyond those there are; 0 when they fit. */
  static int missingSlots(Scene scene) {
    int emulated = 3 + (card(scene.guest()) == Video.NONE ? 0 : 1);
    int wanted =
        emulated
            + scene.guest().pci().cards().networks().size()
            + GuestFunctions.of(scene).all().size();
    return Math.max(0, wanted - 1 - SLOTS);
  }

  /** A device takes the next free slot, functions of one are not told apart (libxl_pci.c). */
  private Map<PciFunction, GuestFunction> collect(Scene scene) {
    List<Network> networks = guest.pci().cards().networks().stream().map(Stated::value).toList();
    functions.addAll(EmulatedDevices.of(guest, card(guest), networks));
    int slot = (functions.get(functions.size() - 1).devfn() >> 3) + 1;
    Map<PciFunction, GuestFunction> found = new HashMap<>();
    for (GuestFunction function : GuestFunctions.of(scene).all()) {
      PciFunction added = new PciFunction(slot++ << 3, function.name(), false, function.bars());
      functions.add(added);
      found.put(added, function);
    }
    return found;
  }

  private static Video card(Guest guest) {
    Stated<Video> stated = guest.pci().cards().video();
    if (stated != null) {
      return stated.value();
    }
    return guest.memory().videoKib().value() == 0 ? Video.NONE : Video.CIRRUS;
  }

  private static int bits(Scene scene) {
    Stated<Integer> own = scene.guest().machine().physicalBits();
    Stated<Integer> cpu = scene.host().cpuPhysicalBits();
    Stated<Integer> width = scene.host().addressWidth();
    int known =
        own != null
            ? own.value()
            : cpu != null ? cpu.value() : width != null ? width.value() : USUAL_BITS;
    return Math.min(known, MOST_BITS);
  }

  /** The functions as hvmloader finds them. */
  List<PciFunction> functions() {
    return List.copyOf(functions);
  }

  /** Whether a function is a device of the host. */
  boolean isAssigned(PciFunction function) {
    GuestFunction owner = owners.get(function);
    return owner != null && owner.assigned() != null;
  }

  /** The registers that want memory, in the order in which hvmloader places them. */
  List<Register> registers() {
    return List.copyOf(registers);
  }

  /** Address bits of the guest, as firmware sees them. */
  int physicalBits() {
    return bits;
  }

  /** Where low RAM ends under a hole, in bytes; 0 is no hole stated. */
  long lowEnd(int holeMib) {
    long start = holeMib == 0 ? XenLayout.HVM_LOW_RAM_LIMIT : windowStart(holeMib);
    return Math.min(ramBytes, start);
  }

  private static long windowStart(int holeMib) {
    return Math.min(XenLayout.FOUR_GIB - holeMib * XenLayout.MIB, XenLayout.HVM_LOW_RAM_LIMIT);
  }

  /**
   * The hole that makes low RAM end there and gives all registers a good address: no hole stated
   * (0) where that will do, else the smallest. Negative when there is none.
   */
  int hole(long lowEnd) {
    Stated<Integer> stated = guest.mmioHoleMib();
    if (stated != null) {
      return stated.value();
    }
    int kept = firstHole(lowEnd, best());
    return kept >= 0 ? kept : firstHole(lowEnd, registers.size());
  }

  private int firstHole(long lowEnd, int reach) {
    if (lowEnd(0) == lowEnd && reach(0) >= reach) {
      return 0;
    }
    int exact = (int) ((XenLayout.FOUR_GIB - lowEnd) / XenLayout.MIB);
    int least = lowEnd < ramBytes ? exact : MmioHole.LEAST_MIB;
    for (int hole = Math.max(least, MmioHole.LEAST_MIB);
        hole <= Math.min(exact, MmioHole.LARGEST_MIB);
        hole++) {
      if (lowEnd(hole) == lowEnd && reach(hole) >= reach) {
        return hole;
      }
    }
    return -1;
  }

  /** What {@link #reach} gives for a hole that leaves nothing to be wished for. */
  int best() {
    return registers.size() + 1;
  }

  /**
   * How far hvmloader gets under a hole: the first register, in its order, that has no good
   * address, which is none at all or one on reserved memory. The number of registers when all is
   * well, and {@link #best} when they also keep off memory that devices may need later.
   */
  int reach(int holeMib) {
    long low = lowEnd(holeMib);
    long high = ramBytes - low;
    long highEnd = high == 0 ? 0 : XenLayout.FOUR_GIB + high;
    BarPlacement rule = rule(low, highEnd);
    long start =
        holeMib == 0
            ? rule.windowStart(low, XenLayout.RESERVED_MEMBASE, false)
            : windowStart(holeMib);
    int unplaced =
        rule.place(
            start,
            XenLayout.RESERVED_MEMBASE,
            Math.max(highEnd, XenLayout.FOUR_GIB),
            1L << bits,
            addresses);
    int first = orAll(unplaced);
    first = Math.min(first, orAll(rule.firstOnReserved(addresses)));
    for (GfnRange range : required) {
      first = Math.min(first, meeting(rule, range));
    }
    boolean keeps =
        first == registers.size()
            && wished.stream().allMatch(range -> meeting(rule, range) == registers.size());
    return keeps ? best() : first;
  }

  private int meeting(BarPlacement rule, GfnRange range) {
    return orAll(
        rule.firstMeeting(addresses, Gfn.toBytes(range.start()), Gfn.toBytes(range.end())));
  }

  private int orAll(int register) {
    return register == BarPlacement.ALL_PLACED ? registers.size() : register;
  }

  /** The rule with the reserved memory that RAM of this shape leaves in the map. */
  private BarPlacement rule(long lowEnd, long highEnd) {
    BitSet shown = new BitSet();
    for (int i = 0; i < told.size(); i++) {
      E820Entry entry = told.get(i);
      boolean covered =
          entry.startByte() < lowEnd
              || (entry.startByte() < highEnd && entry.endByte() > XenLayout.FOUR_GIB);
      shown.set(i, !covered);
    }
    BarPlacement known = placements.get(shown);
    if (known == null) {
      known = make(shown);
      placements.put(shown, known);
    }
    return known;
  }

  private BarPlacement make(BitSet shown) {
    long[] sizes = registers.stream().mapToLong(register -> register.bar().bytes()).toArray();
    boolean[] wide = new boolean[sizes.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = registers.get(i).bar().space() == Bar.Space.MEMORY_64;
    }
    return new BarPlacement(sizes, wide, shown.stream().mapToObj(told::get).toList());
  }
}
