package org.gfnplan.models.host.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.host.ReservedIova;
import org.gfnplan.models.host.ReservedMemory;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gfnplan host document: JSON or YAML whose top-level key {@code gfnplan} is {@code
 * host/1}.
 *
 * <p>Other keys: {@code name}, {@code iommu}, {@code address_width}, {@code iommu_bits}, {@code
 * cpu_physical_bits}, {@code reserved}, {@code reserved_iova}, {@code memory_map}, {@code devices},
 * {@code devices_complete}, {@code pmem}. Ranges are half open and in bytes. No {@code reserved}
 * means that reserved memory is unknown, an empty one that there is none.
 */
public final class HostDocument {
  /** What the key {@code gfnplan} says in a host document. */
  public static final String VERSION = "host/1";

  private static final Pattern JSON_KEY = Pattern.compile("\"gfnplan\"\\s*:\\s*\"([^\"\\n]*)\"");
  private static final Pattern YAML_KEY =
      Pattern.compile("(?m)^[{ ]?[\"']?gfnplan[\"']? *: *[\"']?([^\"'\\n, }#]*)");
  private static final int FEWEST_BITS = 32;
  private static final int FEWEST_IOMMU_BITS = 30;
  private static final int MOST_BITS = 52;
  private static final long LIMIT = 1L << MOST_BITS;

  private final Fields fields;
  private final SourceFacts facts;
  private final List<InputProblem> problems;
  private long limit = LIMIT;

  private HostDocument(Fields fields, SourceFacts facts, List<InputProblem> problems) {
    this.fields = fields;
    this.facts = facts;
    this.problems = problems;
  }

  /**
   * What kind of gfnplan document a text seems to be, such as {@code host/1}, or null when it seems
   * to be none; decided without reading all of it, so that a broken one is still one.
   */
  public static @Nullable String kindOf(String text) {
    Matcher match = (DocumentReader.looksLikeJson(text) ? JSON_KEY : YAML_KEY).matcher(text);
    return match.find() ? match.group(1) : null;
  }

  /** What a host document says and what is wrong with it. */
  public static SourceFacts read(String name, byte[] bytes) {
    List<InputProblem> problems = new ArrayList<>();
    Node root = DocumentReader.read(name, bytes, problems);
    return read(name, root, problems);
  }

  /** What a host document says that is a value within another document. */
  public static SourceFacts read(String name, Node root) {
    return read(name, root, new ArrayList<>());
  }

  private static SourceFacts read(String name, @Nullable Node root, List<InputProblem> problems) {
    SourceFacts facts = new SourceFacts(name);
    Fields fields = root == null ? null : Fields.of(root, "a host document", problems);
    if (fields != null) {
      new HostDocument(fields, facts, problems).read();
    }
    problems.forEach(facts::addProblem);
    return facts;
  }

  private void read() {
    Stated<String> version = fields.requiredText("gfnplan");
    if (version != null && !version.value().equals(VERSION)) {
      fields.problemAt(
          "gfnplan", "`gfnplan` must be `%s`, this is `%s`".formatted(VERSION, version.value()));
    }
    Stated<String> name = fields.text("name");
    if (name != null) {
      facts.setName(name);
    }
    Stated<Host.Iommu> iommu =
        fields.word("iommu", Map.of("intel", Host.Iommu.INTEL, "amd", Host.Iommu.AMD));
    if (iommu != null) {
      facts.setIommu(iommu);
    }
    Stated<Long> width = fields.wholeNumber("address_width", FEWEST_BITS, MOST_BITS);
    if (width != null) {
      limit = 1L << width.value();
      facts.addAddressWidth("address_width", width.value().intValue(), width.origin(), "");
    }
    Stated<Long> iommuBits = fields.wholeNumber("iommu_bits", FEWEST_IOMMU_BITS, 64);
    if (iommuBits != null) {
      facts.addIommuBits(Stated.by(iommuBits.value().intValue(), iommuBits.origin()));
    }
    Stated<Long> cpuBits = fields.wholeNumber("cpu_physical_bits", FEWEST_BITS, MOST_BITS);
    if (cpuBits != null) {
      facts.addCpuPhysicalBits("cpu_physical_bits", cpuBits.value().intValue(), cpuBits.origin());
    }
    if (fields.has("reserved")) {
      facts.listsReservedMemory();
    }
    ReservedMemory.Kind usual =
        iommu != null && iommu.value() == Host.Iommu.AMD
            ? ReservedMemory.Kind.IVMD_UNITY
            : ReservedMemory.Kind.RMRR;
    fields.listOfFields("reserved").forEach(item -> readReserved(item, usual));
    fields.listOfFields("memory_map").forEach(this::readMemory);
    fields.listOfFields("reserved_iova").forEach(this::readIova);
    readDevices();
    fields.listOfFields("pmem").forEach(item -> PmemFields.read(item, facts, problems));
    fields.reportUnknown();
  }

  private void readReserved(Fields item, ReservedMemory.Kind usual) {
    Stated<ReservedMemory.Kind> kind =
        item.word(
            "kind",
            Map.of(
                "rmrr", ReservedMemory.Kind.RMRR,
                "ivmd-unity", ReservedMemory.Kind.IVMD_UNITY,
                "ivmd-exclusion", ReservedMemory.Kind.IVMD_EXCLUSION));
    List<DeviceScope> devices = new ArrayList<>();
    for (Node node : item.list("devices")) {
      DeviceScope device = node instanceof Node.Text text ? DeviceScope.parse(text.value()) : null;
      if (device == null) {
        notADevice(node, problems);
      } else {
        devices.add(device);
      }
    }
    Range range = range(item, limit, problems);
    item.reportUnknown();
    if (range == null) {
      return;
    }
    if (range.start % Gfn.BYTES != 0 || range.end % Gfn.BYTES != 0) {
      problems.add(
          new InputProblem(
              item.origin(),
              "reserved memory 0x%x..0x%x must start and end on a 4 KiB boundary"
                  .formatted(range.start, range.end)));
      return;
    }
    facts.addReserved(
        new ReservedMemory(
            kind == null ? usual : kind.value(), range.start, range.end, devices, item.origin()));
  }

  private void readMemory(Fields item) {
    Stated<String> type = item.requiredText("type");
    Range range = range(item, LIMIT, problems);
    item.reportUnknown();
    if (type != null && range != null) {
      facts.addMemory(new MemoryMapEntry(range.start, range.end, type.value(), item.origin()));
    }
  }

  private void readIova(Fields item) {
    item.require("kind");
    Stated<ReservedIova.Kind> kind = item.word("kind", ReservedIova.Kind.byWord());
    Stated<Long> group = item.wholeNumber("group", 0, 999_999);
    Range range = range(item, LIMIT, problems);
    item.reportUnknown();
    if (kind != null && range != null) {
      facts.addReservedIova(
          new ReservedIova(
              range.start,
              range.end,
              kind.value(),
              group == null ? null : group.value().intValue(),
              item.origin()));
    }
  }

  private void readDevices() {
    Stated<Boolean> complete = fields.flag("devices_complete");
    if (!fields.has("devices")) {
      if (complete != null) {
        fields.problemAt("devices_complete", "`devices_complete` without `devices` says nothing");
      }
      return;
    }
    facts.namesDevices();
    if (complete == null || complete.value()) {
      facts.listsDevices();
    }
    fields.list("devices").forEach(new DeviceFields(facts, problems)::read);
  }

  /** The address of a function, or null with a problem. */
  static @Nullable PciAddress device(Node node, List<InputProblem> problems) {
    PciAddress address = node instanceof Node.Text text ? PciAddress.parse(text.value()) : null;
    if (address == null) {
      notADevice(node, problems);
    }
    return address;
  }

  private static void notADevice(Node node, List<InputProblem> problems) {
    String found = node instanceof Node.Text text ? "`" + text.value() + "`" : node.kind();
    problems.add(
        new InputProblem(node.origin(), "a device must be like `0000:00:02.0`, this is " + found));
  }

  /** The range that {@code start} with {@code end} or {@code size} gives; null with a problem. */
  static @Nullable Range range(Fields item, long most, List<InputProblem> problems) {
    item.require("start");
    Stated<Long> start = item.bytes("start", 0, LIMIT);
    Stated<Long> end = item.bytes("end", 0, LIMIT);
    Stated<Long> size = item.bytes("size", 1, LIMIT);
    Origin origin = item.origin();
    if (item.has("end") == item.has("size")) {
      problems.add(new InputProblem(origin, "either `end` or `size` must be given"));
      return null;
    }
    if (start == null || (end == null && size == null)) {
      return null;
    }
    Range range =
        new Range(start.value(), end != null ? end.value() : addSize(start.value(), size));
    if (range.end <= range.start) {
      problems.add(
          new InputProblem(
              origin, "range 0x%x..0x%x ends before it starts".formatted(range.start, range.end)));
      return null;
    }
    if (range.end > most) {
      problems.add(
          new InputProblem(
              origin,
              "range 0x%x..0x%x is beyond the host's %d address bits"
                  .formatted(range.start, range.end, Long.numberOfTrailingZeros(most))));
      return null;
    }
    return range;
  }

  private static long addSize(long start, @Nullable Stated<Long> size) {
    return size == null ? start : start + size.value();
  }

  /** Bytes, half open. */
  record Range(long start, long end) {}
}
