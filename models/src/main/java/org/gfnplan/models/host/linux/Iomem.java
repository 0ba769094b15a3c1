package org.gfnplan.models.host.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /proc/iomem}, all of it or some of its lines: the memory map that the kernel has
 * left, and persistent memory with its namespaces.
 */
public final class Iomem {
  /*
   * A line is inside the one before it that has fewer spaces. The kernel may put a reserved entry
   * of the e820 map inside a PCI window, so entries count at any depth, but not within one another.
   *
   * A namespace in mode devdax covers only what it keeps for itself, and the device with the same
   * number has the rest (drivers/dax/pmem.c); then that is where the bytes are.
   */
  private static final Pattern LINE =
      Pattern.compile("( *)([0-9a-f]{1,16})-([0-9a-f]{1,16}) : ?(.*)");
  private static final Pattern FIRST_LINE = Pattern.compile(" *[0-9a-f]{8,16}-[0-9a-f]{8,16} : .*");
  private static final Pattern NAMESPACE = Pattern.compile("namespace(\\d+\\.\\d+)");
  private static final Pattern DEVICE = Pattern.compile("dax(\\d+\\.\\d+)");
  private static final String PERSISTENT = "Persistent Memory";
  private static final String USABLE = "usable";
  private static final int MOST_DEPTH = 32;

  /** Names of /proc/iomem (arch/x86/kernel/e820.c e820_type_to_string) by those of a boot log. */
  private static final Map<String, String> TYPES =
      Map.of(
          "System RAM",
          USABLE,
          "Reserved",
          "reserved",
          "reserved",
          "reserved",
          "ACPI Tables",
          "ACPI data",
          "ACPI Non-volatile Storage",
          "ACPI NVS",
          "Unusable memory",
          "unusable",
          "Soft Reserved",
          "soft reserved",
          PERSISTENT,
          "persistent (type 7)",
          PERSISTENT + " (legacy)",
          "persistent (type 12)");

  private final String document;
  private final SourceFacts facts;
  private final List<MemoryMapEntry> map = new ArrayList<>();
  private final Deque<Entry> around = new ArrayDeque<>();
  private final Map<String, HostPmem> namespaces = new TreeMap<>();
  private final Map<String, HostPmem> devices = new TreeMap<>();
  private boolean hasAddress;

  private Iomem(String document) {
    this.document = document;
    this.facts = new SourceFacts(document);
  }

  /** What {@code text} says, or null when it is not from {@code /proc/iomem}. */
  public static @Nullable SourceFacts read(String document, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (!FIRST_LINE.matcher(first).matches()) {
      return null;
    }
    Iomem reader = new Iomem(document);
    LogLines.forEach(text, reader::readLine);
    reader.finish(Origin.line(document, 1, first));
    return reader.facts;
  }

  private void finish(Origin first) {
    if (!hasAddress) {
      facts.addProblem(
          new InputProblem(
              first, "all addresses are zero, as for anybody but root; read /proc/iomem as root"));
      return;
    }
    // Some lines, such as those about persistent memory, are no map.
    if (map.stream().anyMatch(entry -> entry.type().equals(USABLE))) {
      map.forEach(facts::addResource);
    }
    devices.forEach(namespaces::put);
    namespaces.values().forEach(facts::addPmem);
  }

  private void readLine(String line, int number) {
    Matcher match = LINE.matcher(line);
    Origin origin = Origin.line(document, number, line);
    if (line.isBlank() || line.equals("--")) {
      return;
    }
    if (!match.matches()) {
      facts.addProblem(new InputProblem(origin, "line is not a range and what it is"));
      return;
    }
    long first = Long.parseUnsignedLong(match.group(2), 16);
    long last = Long.parseUnsignedLong(match.group(3), 16);
    if (first == 0 && last == 0) {
      return;
    }
    hasAddress = true;
    if (Long.compareUnsigned(last, first) < 0) {
      facts.addProblem(
          new InputProblem(origin, "range 0x%x-0x%x ends before it starts".formatted(first, last)));
    } else if (last < 0 || last >= ByteRange.LIMIT) {
      facts.addProblem(
          new InputProblem(
              origin, "range 0x%x-0x%x is beyond 52 address bits".formatted(first, last)));
    } else {
      add(match.group(1).length(), new ByteRange(first, last + 1), match.group(4), origin);
    }
  }

  private void add(int depth, ByteRange range, String words, Origin origin) {
    String name = words.strip();
    while (!around.isEmpty() && around.peek().depth() >= depth) {
      around.pop();
    }
    String type = TYPES.get(name);
    if (type != null && around.stream().noneMatch(Entry::isInMap)) {
      map.add(new MemoryMapEntry(range.startByte(), range.endByte(), type, origin));
    }
    boolean inPmem = !around.isEmpty() && around.peek().isPmem();
    boolean isPmem = type != null && name.startsWith(PERSISTENT) && !inPmem;
    if (isPmem) {
      String called = "pmem@0x%x".formatted(range.startByte());
      facts.addPmem(new HostPmem(HostPmem.Kind.REGION, called, List.of(range), origin));
    } else if (inPmem) {
      addPart(NAMESPACE.matcher(name), namespaces, range, origin);
      addPart(DEVICE.matcher(name), devices, range, origin);
    }
    if (around.size() < MOST_DEPTH) {
      around.push(new Entry(depth, type != null, isPmem));
    }
  }

  private static void addPart(
      Matcher name, Map<String, HostPmem> parts, ByteRange range, Origin origin) {
    if (!name.matches()) {
      return;
    }
    HostPmem before = parts.get(name.group(1));
    List<ByteRange> extents = new ArrayList<>(before == null ? List.of() : before.extents());
    extents.add(range);
    parts.put(
        name.group(1),
        new HostPmem(
            HostPmem.Kind.NAMESPACE,
            "namespace" + name.group(1),
            extents,
            before == null ? origin : before.origin()));
  }

  /** A line that the next one may be in. */
  private record Entry(int depth, boolean isInMap, boolean isPmem) {}
}
