package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What one boot log says, before anything of it is believed. A reader adds its lines as they stand;
 * {@link #facts} judges them.
 */
public final class BootLog {
  private static final int MOST_BITS = 52;

  /** Lines about the host that one boot may have; a large server writes some hundred. */
  private static final int MOST_LINES = 20_000;

  private final String document;
  private final List<Rmrr> rmrrs = new ArrayList<>();
  private final List<Complaint> complaints = new ArrayList<>();
  private final List<Stated<Integer>> addressWidths = new ArrayList<>();
  private final List<Stated<Integer>> iommuBits = new ArrayList<>();
  private final List<MemoryMapEntry> memoryMap = new ArrayList<>();
  private final List<ConfigWindow> configWindows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<InputProblem> problems = new ArrayList<>();
  private int lines;
  private boolean listsRmrrs;
  private @Nullable Stated<Host.Iommu> iommu;
  private @Nullable Origin earlierBoot;

  /** Nothing yet from {@code document}. */
  public BootLog(String document) {
    this.document = document;
  }

  /**
   * An RMRR as a log states it.
   *
   * @param base the first byte
   * @param last the last byte; may be any number, also one before {@code base}
   * @param devices who reaches it; empty when the log does not say
   * @param ignored whether the log says that the RMRR is not honoured
   * @param origin the line
   */
  public record Rmrr(
      long base, long last, List<DeviceScope> devices, boolean ignored, Origin origin) {
    public Rmrr {
      devices = List.copyOf(devices);
    }

    private Rmrr withoutOrigin() {
      return new Rmrr(base, last, devices, ignored, Origin.builtIn("", ""));
    }
  }

  /**
   * What a kernel says against an RMRR.
   *
   * @param base the first byte
   * @param last the last byte
   * @param notReserved whether it says that the memory map does not reserve the RMRR
   * @param origin the line
   */
  public record Complaint(long base, long last, boolean notReserved, Origin origin) {}

  /** Whether no line was added. */
  public boolean isEmpty() {
    return iommu == null
        && rmrrs.isEmpty()
        && addressWidths.isEmpty()
        && iommuBits.isEmpty()
        && memoryMap.isEmpty()
        && configWindows.isEmpty()
        && problems.isEmpty();
  }

  /** Whether so much was added that the rest is left out. */
  public boolean isFull() {
    return lines > MOST_LINES;
  }

  /** The log of the next boot in the same document, which replaces this one. */
  public BootLog nextBoot(Origin origin) {
    BootLog next = new BootLog(document);
    next.earlierBoot = isEmpty() ? earlierBoot : origin;
    return next;
  }

  /** Adds an RMRR; the addresses are hexadecimal digits. */
  public void addRmrr(
      String base, String last, List<DeviceScope> devices, boolean ignored, Origin origin) {
    if (isTooLong(origin)) {
      return;
    }
    Long first = address(base, origin);
    Long end = address(last, origin);
    if (first != null && end != null) {
      rmrrs.add(new Rmrr(first, end, devices, ignored, origin));
    }
  }

  /** Adds what the kernel says against an RMRR; the addresses are hexadecimal digits. */
  public void addComplaint(String base, String last, boolean notReserved, Origin origin) {
    if (isTooLong(origin)) {
      return;
    }
    Long first = address(base, origin);
    Long end = address(last, origin);
    if (first != null && end != null) {
      complaints.add(new Complaint(first, end, notReserved, origin));
    }
  }

  /**
   * Adds a line of the memory map; the addresses are hexadecimal digits.
   *
   * @param inclusive whether {@code end} is the last byte and not the one after it
   */
  public void addMemory(String start, String end, boolean inclusive, String type, Origin origin) {
    if (isTooLong(origin)) {
      return;
    }
    Long first = address(start, origin);
    Long last = address(end, origin);
    if (first == null || last == null) {
      return;
    }
    // Firmware may list empty ranges, and the old form shows them with equal addresses.
    if (!inclusive && first.equals(last)) {
      return;
    }
    long lastByte = inclusive ? last : last - 1;
    if (Long.compareUnsigned(lastByte, first) < 0) {
      problems.add(
          new InputProblem(
              origin, "memory map range 0x%x-0x%x ends before it starts".formatted(first, last)));
    } else if (lastByte >>> MOST_BITS != 0) {
      problems.add(
          new InputProblem(
              origin,
              "memory map range 0x%x-0x%x is beyond %d address bits"
                  .formatted(first, last, MOST_BITS)));
    } else {
      memoryMap.add(new MemoryMapEntry(first, lastByte + 1, type, origin));
    }
  }

  /** Forgets the memory map, because another one starts. */
  public void restartMemoryMap() {
    memoryMap.clear();
  }

  /** Adds a number of physical address bits; {@code digits} are decimal. */
  public void addAddressWidth(String digits, Origin origin) {
    if (isTooLong(origin)) {
      return;
    }
    // More digits than this are out of range in any case.
    int bits = digits.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    addressWidths.add(Stated.by(bits, origin));
  }

  /** Adds the capability register of a unit of VT-d; {@code hex} are its digits. */
  public void addVtdCapability(String hex, Origin origin) {
    if (isTooLong(origin)) {
      return;
    }
    int bits = hex.length() > 16 ? 0 : IommuWidth.ofVtd(Long.parseUnsignedLong(hex, 16));
    if (bits < 30) {
      problems.add(new InputProblem(origin, "0x%s is no capability of a unit".formatted(hex)));
    } else {
      iommuBits.add(Stated.by(bits, origin));
    }
  }

  /** Adds the extended features of an IOMMU of AMD; {@code hex} are the digits. */
  public void addAmdFeatures(String hex, Origin origin) {
    if (isTooLong(origin) || hex.length() > 16) {
      return;
    }
    int bits = IommuWidth.ofAmd(Long.parseUnsignedLong(hex, 16));
    if (bits > 0) {
      iommuBits.add(Stated.by(bits, origin));
    }
  }

  /** Adds a PCI configuration window; the address is hexadecimal digits. */
  public void addConfigWindow(String base, int segment, int startBus, int endBus, Origin origin) {
    Long address = isTooLong(origin) ? null : address(base, origin);
    if (address == null) {
      return;
    }
    if (address >>> MOST_BITS != 0 || startBus > endBus) {
      problems.add(
          new InputProblem(
              origin,
              "configuration window at 0x%x for buses %02x-%02x cannot be"
                  .formatted(address, startBus, endBus)));
    } else {
      configWindows.add(new ConfigWindow(address, segment, startBus, endBus, origin));
    }
  }

  /** Says that a line which matters cannot be read. */
  public void addUnreadable(String what, Origin origin) {
    if (!isTooLong(origin)) {
      problems.add(new InputProblem(origin, what + " cannot be read"));
    }
  }

  /** Adds something odd about the log. */
  public void addFinding(Severity severity, String id, String message, Origin origin) {
    if (!isTooLong(origin)) {
      findings.add(new Finding(severity, id, message, origin));
    }
  }

  /** States whose IOMMU the host has. */
  public void setIommu(Host.Iommu whose, Origin origin) {
    if (iommu == null) {
      iommu = Stated.by(whose, origin);
    }
  }

  /** Says that the log has a line for each RMRR there is. */
  public void listsRmrrs() {
    listsRmrrs = true;
  }

  /** The RMRRs, in the order of the log. */
  public List<Rmrr> rmrrs() {
    return List.copyOf(rmrrs);
  }

  /** What the kernel says against RMRRs, in the order of the log. */
  public List<Complaint> complaints() {
    return List.copyOf(complaints);
  }

  /** The memory map, in the order of the log. */
  public List<MemoryMapEntry> memoryMap() {
    return List.copyOf(memoryMap);
  }

  /** Physical address bits, in the order of the log. */
  public List<Stated<Integer>> addressWidths() {
    return List.copyOf(addressWidths);
  }

  /** What of it holds, and what is wrong with the rest. */
  public SourceFacts facts() {
    SourceFacts facts = new SourceFacts(document);
    problems.forEach(facts::addProblem);
    findings.forEach(facts::addFinding);
    if (earlierBoot != null) {
      facts.addFinding(
          Severity.NOTE,
          "several-boots",
          "the log holds several boots; the last one, which starts here, is used",
          earlierBoot);
    }
    if (iommu != null) {
      facts.setIommu(iommu);
    }
    if (listsRmrrs) {
      facts.listsReservedMemory();
    }
    int width = MOST_BITS;
    for (Stated<Integer> stated : addressWidths) {
      facts.addAddressWidth("host address width", stated.value(), stated.origin(), "");
      width = Math.min(width, stated.value());
    }
    iommuBits.forEach(facts::addIommuBits);
    memoryMap.forEach(facts::addMemory);
    configWindows.forEach(facts::addConfigWindow);
    addRmrrs(facts, width);
    addComplaints(facts);
    return facts;
  }

  /* A log that holds a boot twice has each line twice; a table would mean it by that. */
  private void addRmrrs(SourceFacts facts, int width) {
    Set<Rmrr> seen = new HashSet<>();
    for (Rmrr rmrr : rmrrs) {
      if (!seen.add(rmrr.withoutOrigin())) {
        continue;
      }
      if (rmrr.ignored()) {
        RmrrCheck.addUnused(facts, rmrr, width);
      } else {
        RmrrCheck.add(facts, rmrr.base(), rmrr.last(), rmrr.devices(), width, rmrr.origin(), "");
      }
    }
  }

  private void addComplaints(SourceFacts facts) {
    Set<List<Long>> said = new HashSet<>();
    for (boolean notReserved : new boolean[] {true, false}) {
      for (Complaint complaint : complaints) {
        if (complaint.notReserved() == notReserved
            && said.add(List.of(complaint.base(), complaint.last()))) {
          String label = "RMRR 0x%x-0x%x".formatted(complaint.base(), complaint.last());
          facts.addFinding(
              Severity.WARNING,
              notReserved ? ReservedCheck.NOT_RESERVED : "rmrr-bad-says-kernel",
              notReserved
                  ? ReservedCheck.notReserved(label)
                  : "the kernel says that " + label + " is bad",
              originOf(complaint));
        }
      }
    }
  }

  /* The same place as our own check of the RMRR gives, so that one fact is told once. */
  private Origin originOf(Complaint complaint) {
    return rmrrs.stream()
        .filter(rmrr -> rmrr.base() == complaint.base() && rmrr.last() == complaint.last())
        .map(Rmrr::origin)
        .findFirst()
        .orElse(complaint.origin());
  }

  private boolean isTooLong(Origin origin) {
    lines++;
    if (lines == MOST_LINES + 1) {
      problems.add(
          new InputProblem(
              origin,
              "more than %d lines say something about the host, the rest is not read"
                  .formatted(MOST_LINES)));
    }
    return isFull();
  }

  private @Nullable Long address(String hex, Origin origin) {
    String digits = hex.replaceFirst("^0+(?=.)", "");
    if (digits.length() > 16) {
      problems.add(new InputProblem(origin, "address 0x%s has more than 64 bits".formatted(hex)));
      return null;
    }
    return Long.parseUnsignedLong(digits, 16);
  }
}
