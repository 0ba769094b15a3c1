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

  private static final int MOST_DEVICES = 1 << 16;
  private static final int FEWEST_BITS = 32;
  private static final int MOST_BITS = 52;

  private final String document;
  private final List<ReservedMemory> reserved = new ArrayList<>();
  private final List<ReservedMemory> unused = new ArrayList<>();
  private final List<Stated<Integer>> addressWidths = new ArrayList<>();
  private final List<MemoryMapEntry> memoryMap = new ArrayList<>();
  private final List<Stated<Integer>> iommuBits = new ArrayList<>();
  private final List<Stated<Integer>> cpuPhysicalBits = new ArrayList<>();
  private final List<MemoryMapEntry> resources = new ArrayList<>();
  private final List<ReservedIova> reservedIova = new ArrayList<>();
  private final List<HostDevice> devices = new ArrayList<>();
  private final List<HostPmem> pmem = new ArrayList<>();
  private final List<PmemSize> pmemSizes = new ArrayList<>();
  private final List<ConfigWindow> configWindows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<InputProblem> problems = new ArrayList<>();
  private @Nullable Stated<String> name;
  private @Nullable Stated<Host.Iommu> iommu;
  private @Nullable AcpiTable table;
  private boolean listsReserved;
  private boolean namesDevices;
  private boolean tooManyDevices;
  private boolean listsDevices;
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
    addBits(addressWidths, field, width, origin, where);
  }

  private void addBits(
      List<Stated<Integer>> list, String field, int bits, Origin origin, String where) {
    if (bits < FEWEST_BITS || bits > MOST_BITS) {
      addProblem(
          new InputProblem(
              origin,
              "%s %d is not within %d..%d%s"
                  .formatted(field, bits, FEWEST_BITS, MOST_BITS, where)));
    } else {
      list.add(Stated.by(bits, origin));
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

  /** Adds a line of {@code /proc/iomem}, which counts where nothing gives a memory map. */
  public void addResource(MemoryMapEntry entry) {
    resources.add(entry);
  }

  /** Adds addresses that devices cannot use for DMA. */
  public void addReservedIova(ReservedIova iova) {
    reservedIova.add(iova);
  }

  /** Adds bits of the addresses that an IOMMU translates, {@code 30 <= bits <= 64}. */
  public void addIommuBits(Stated<Integer> bits) {
    iommuBits.add(bits);
  }

  /** Adds physical address bits of the processor, or a problem when none has so many. */
  public void addCpuPhysicalBits(String field, int bits, Origin origin) {
    addBits(cpuPhysicalBits, field, bits, origin, "");
  }

  /** Says that this source is about PCI functions, even if it has none. */
  public void namesDevices() {
    namesDevices = true;
  }

  /** Says that this source has all PCI functions there are. */
  public void listsDevices() {
    namesDevices = true;
    listsDevices = true;
  }

  /**
   * As {@link #listsDevices}, if the host bridge was added, which every x86 host has at {@code
   * 0000:00:00.0}; a listing without it is of some functions only.
   */
  public void listsDevicesIfHostBridge() {
    PciAddress bridge = new PciAddress(0, 0, 0, 0);
    listsDevices |= devices.stream().anyMatch(device -> device.address().equals(bridge));
  }

  /** Adds a PCI function, or a problem when there are more than any host has. */
  public void addDevice(HostDevice device) {
    namesDevices = true;
    if (devices.size() < MOST_DEVICES) {
      devices.add(device);
    } else if (!tooManyDevices) {
      tooManyDevices = true;
      addProblem(
          new InputProblem(
              device.origin(), "more than %d PCI functions are listed".formatted(MOST_DEVICES)));
    }
  }

  /** Adds persistent memory. */
  public void addPmem(HostPmem memory) {
    pmem.add(memory);
  }

  /** Adds the size of persistent memory of which this source does not know where it is. */
  public void addPmemSize(PmemSize size) {
    pmemSizes.add(size);
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
    addFinding(new Finding(severity, id, message, origin));
  }

  /** Adds a finding. */
  public void addFinding(Finding finding) {
    findings.add(finding);
  }

  /** Adds a reason why the source cannot be used. */
  public void addProblem(InputProblem problem) {
    if (problems.size() < SHOWN_PROBLEMS) {
      problems.add(problem);
    } else {
      hiddenProblems++;
    }
  }

  /** How many problems there are so far. */
  public long problemCount() {
    return problems.size() + hiddenProblems;
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

  List<MemoryMapEntry> resources() {
    return resources;
  }

  List<ReservedIova> reservedIova() {
    return reservedIova;
  }

  List<Stated<Integer>> iommuBits() {
    return iommuBits;
  }

  List<Stated<Integer>> cpuPhysicalBits() {
    return cpuPhysicalBits;
  }

  List<HostPmem> pmem() {
    return pmem;
  }

  List<PmemSize> pmemSizes() {
    return pmemSizes;
  }

  boolean isAboutDevices() {
    return namesDevices;
  }

  boolean hasAllDevices() {
    return listsDevices;
  }

  List<HostDevice> devices() {
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
            Origin.builtIn(document, document),
            "further problems that are not shown: " + hiddenProblems));
    return all;
  }
}
