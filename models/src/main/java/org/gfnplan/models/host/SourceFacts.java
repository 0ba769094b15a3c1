package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.acpi.AcpiTable;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What one source says about a host; a reader fills it, and the facts of all sources are merged.
 */
public final class SourceFacts {
  /*
   * A damaged 64 MiB log can hold a million bad lines. The list stays short enough to be read, and
   * says how many it does not show.
   */
  private static final int SHOWN_PROBLEMS = 100;

  private static final int FEWEST_BITS = 32;
  private static final int MOST_BITS = 52;

  private final String document;
  private final List<ReservedMemory> reserved = new ArrayList<>();
  private final List<ReservedMemory> unused = new ArrayList<>();
  private final List<Stated<Integer>> addressWidths = new ArrayList<>();
  private final List<MemoryMapEntry> memoryMap = new ArrayList<>();
  private final List<ConfigWindow> configWindows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<InputProblem> problems = new ArrayList<>();
  private @Nullable List<Stated<PciAddress>> devices;
  private @Nullable Stated<String> name;
  private @Nullable Stated<Host.Iommu> iommu;
  private @Nullable AcpiTable table;
  private boolean listsReserved;
  private long hiddenProblems;

  /** Nothing yet about the host from {@code document}. */
  public SourceFacts(String document) {
    this.document = document;
  }

  /** The source, as the user named it. */
  public String document() {
    return document;
  }

  /** Adds reserved device memory. */
  public void addReserved(ReservedMemory memory) {
    reserved.add(memory);
  }

  /** Adds reserved device memory that the host does not honour, whatever other sources say. */
  public void addUnused(ReservedMemory memory) {
    unused.add(memory);
  }

  /** Says that this source lists all reserved device memory there is, even if it is none. */
  public void listsReservedMemory() {
    listsReserved = true;
  }

  /**
   * Adds a number of physical address bits, or a problem when no machine has so many.
   *
   * @param field what the source calls it
   * @param where appended to the problem
   */
  public void addAddressWidth(String field, int width, Origin origin, String where) {
    if (width < FEWEST_BITS || width > MOST_BITS) {
      addProblem(
          new InputProblem(
              origin,
              "%s %d is not within %d..%d%s"
                  .formatted(field, width, FEWEST_BITS, MOST_BITS, where)));
    } else {
      addressWidths.add(Stated.by(width, origin));
    }
  }

  /** Adds a line of the memory map. */
  public void addMemory(MemoryMapEntry entry) {
    memoryMap.add(entry);
  }

  /** Adds a PCI configuration window. */
  public void addConfigWindow(ConfigWindow window) {
    configWindows.add(window);
  }

  /** States the PCI functions that are present. */
  public void setDevices(List<Stated<PciAddress>> present) {
    devices = List.copyOf(present);
  }

  /** States what the host is called. */
  public void setName(Stated<String> stated) {
    name = stated;
  }

  /** States whose IOMMU the host has. */
  public void setIommu(Stated<Host.Iommu> stated) {
    iommu = stated;
  }

  /** States which table the source is. */
  public void setTable(AcpiTable read) {
    table = read;
  }

  /** Adds a finding. */
  public void addFinding(Severity severity, String id, String message, Origin origin) {
    findings.add(new Finding(severity, id, message, origin));
  }

  /** Adds a reason why the source cannot be used. */
  public void addProblem(InputProblem problem) {
    if (problems.size() < SHOWN_PROBLEMS) {
      problems.add(problem);
    } else {
      hiddenProblems++;
    }
  }

  List<ReservedMemory> reserved() {
    return reserved;
  }

  List<ReservedMemory> unused() {
    return unused;
  }

  boolean listsReserved() {
    return listsReserved;
  }

  List<Stated<Integer>> addressWidths() {
    return addressWidths;
  }

  List<MemoryMapEntry> memoryMap() {
    return memoryMap;
  }

  List<ConfigWindow> configWindows() {
    return configWindows;
  }

  @Nullable List<Stated<PciAddress>> devices() {
    return devices;
  }

  @Nullable Stated<String> name() {
    return name;
  }

  @Nullable Stated<Host.Iommu> iommu() {
    return iommu;
  }

  @Nullable AcpiTable table() {
    return table;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The problems, with one more that counts those that were left out. */
  List<InputProblem> problems() {
    if (hiddenProblems == 0) {
      return problems;
    }
    List<InputProblem> all = new ArrayList<>(problems);
    all.add(
        new InputProblem(
            Origin.builtIn(document, document), hiddenProblems + " more problems are not shown"));
    return all;
  }
}
