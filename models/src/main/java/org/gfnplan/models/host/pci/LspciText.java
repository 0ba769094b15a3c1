package org.gfnplan.models.host.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code lspci} prints, with {@code -v} or more for base address registers, with {@code
 * -D} or {@code -nn} or without, also when only some lines were kept.
 */
public final class LspciText {
  /*
   * pciutils, lspci.c show_bases and show_rom, ls-ecaps.c cap_rebar. A register is
   *
   *   Region 0: Memory at 6000000000 (64-bit, prefetchable) [disabled] [size=16M]
   *
   * without "Region 0: " after -v, with "<unassigned>" or "<ignored>" for the address, with
   * "[virtual]" at either end when the register holds no address but the kernel has one. All of
   * them stand before the capabilities, and so does the ROM. What follows the heading of the SR-IOV
   * capability has the same form and no size: registers of the function's virtual functions.
   *
   * Sizes are powers of two, so the units they are printed in lose nothing.
   */
  private static final Pattern HEADING =
      Pattern.compile(
          "((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\\.[0-9a-f]) +([^:\"]{1,80}: .*)");
  private static final Pattern PROMPT = Pattern.compile("[^ ]*[$#%] .*\\blspci\\b.*");
  private static final String TAGS = "((?:\\[[a-z]+\\] )*)";
  private static final Pattern REGION =
      Pattern.compile(
          "\\s*"
              + TAGS
              + "(?:Region (\\d{1,3}): )?"
              + TAGS
              + "(I/O ports|Memory) at (\\S+)(?: \\(([^)]*)\\))?(.*)");
  private static final Pattern ROM = Pattern.compile("\\s*" + TAGS + "Expansion ROM at (\\S+)(.*)");
  private static final Pattern SIZE = Pattern.compile("\\[size=(\\d{1,18})([KMGT]?)\\]");
  private static final Pattern NO_ADDRESS = Pattern.compile("(?:<|&lt;)[a-z0-9-]+(?:>|&gt;)");
  private static final Pattern CAPABILITY = Pattern.compile("\\s*Capabilities: (.*)");
  private static final Pattern RESIZABLE =
      Pattern.compile("\\s*BAR (\\d): current size: [^,]*, supported:(.*)");
  private static final Pattern RESIZE_SIZE = Pattern.compile("(\\d{1,3})(MB|GB|TB|PB|EB)");
  private static final Pattern GROUP = Pattern.compile("\\s*IOMMU group: (\\d{1,6})\\s*");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\s+(?:Flags|Control|Subsystem|Latency|Capabilities|Bus): .*");

  /** Where the kernel keeps a copy of the video ROM, which is no register's window. */
  private static final long SHADOW_ROM = 0xc0000;

  private static final long PORTS = 1 << 16;

  private final String document;
  private final SourceFacts facts;
  private final List<HostDevice> devices = new ArrayList<>();
  private boolean isVerbose;
  private boolean hasHeading;

  /* The function whose lines are being read. */
  private @Nullable PciAddress address;
  private String description = "";
  private Origin heading;
  private BarList bars;
  private boolean allSizes;
  private boolean inCapabilities;
  private boolean inResizable;
  private int nextIndex;
  private @Nullable Integer group;

  private LspciText(String document) {
    this.document = document;
    this.facts = new SourceFacts(document);
    this.heading = Origin.builtIn(document, document);
    this.bars = new BarList(new PciAddress(0, 0, 0, 0), facts);
  }

  /** What {@code text} says, or null when it is not from lspci. */
  public static @Nullable SourceFacts read(String document, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    if (!HEADING.matcher(first).matches() && !PROMPT.matcher(first).matches()) {
      return null;
    }
    LspciText reader = new LspciText(document);
    LogLines.forEach(text, reader::readLine);
    return reader.finish();
  }

  private SourceFacts finish() {
    endDevice();
    facts.namesDevices();
    for (HostDevice device : devices) {
      facts.addDevice(
          new HostDevice(
              device.address(),
              device.description(),
              device.bars(),
              device.barsKnown() && isVerbose,
              device.iommuGroup(),
              device.origin()));
    }
    facts.listsDevicesIfHostBridge();
    if (!hasHeading) {
      facts.addProblem(new InputProblem(heading, "lspci lists no function"));
    }
    return facts;
  }

  private void readLine(String line, int number) {
    Matcher match = HEADING.matcher(line.strip());
    if (match.matches()) {
      endDevice();
      startDevice(match.group(1), match.group(2), Origin.line(document, number, line));
    } else if (address != null) {
      readAttribute(line, Origin.line(document, number, line));
    }
  }

  private void startDevice(String where, String words, Origin origin) {
    heading = origin;
    hasHeading = true;
    PciAddress parsed = PciAddress.parse(where);
    if (parsed == null && where.matches("[0-9a-f]{5,8}:.*")) {
      facts.addFinding(
          Severity.NOTE,
          "device-not-on-pci-segment",
          "%s is on a bus that a driver made up; it is left out".formatted(where),
          origin);
    } else if (parsed == null) {
      facts.addProblem(new InputProblem(origin, "`" + where + "` is no address of a function"));
    }
    address = parsed;
    description = words.strip();
    bars = new BarList(parsed == null ? new PciAddress(0, 0, 0, 0) : parsed, facts);
    allSizes = true;
    inCapabilities = false;
    inResizable = false;
    nextIndex = 0;
    group = null;
  }

  private void endDevice() {
    if (address != null) {
      devices.add(new HostDevice(address, description, bars.bars(), allSizes, group, heading));
    }
    address = null;
  }

  private void readAttribute(String line, Origin origin) {
    Matcher capability = CAPABILITY.matcher(line);
    Matcher region = REGION.matcher(line);
    Matcher rom = ROM.matcher(line);
    Matcher resizable = RESIZABLE.matcher(line);
    Matcher inGroup = GROUP.matcher(line);
    isVerbose |= ATTRIBUTE.matcher(line).matches();
    if (capability.matches()) {
      inCapabilities = true;
      inResizable = capability.group(1).contains("Physical Resizable BAR");
    } else if (inResizable && resizable.matches()) {
      readResizable(resizable, origin);
    } else if (!inCapabilities && region.matches()) {
      isVerbose = true;
      readRegion(region, origin);
    } else if (!inCapabilities && rom.matches()) {
      isVerbose = true;
      readRom(rom, origin);
    } else if (inGroup.matches()) {
      group = Integer.valueOf(inGroup.group(1));
    }
  }

  private void readRegion(Matcher region, Origin origin) {
    boolean isMemory = region.group(4).equals("Memory");
    String type = region.group(6) == null ? "" : region.group(6);
    boolean isLong = isMemory && type.startsWith("64-bit");
    Matcher size = SIZE.matcher(region.group(7));
    boolean hasSize = size.find();
    int index = region.group(2) == null ? nextIndex : Integer.parseInt(region.group(2));
    if (!hasSize && bars.has(index)) {
      // The register of a virtual function, in a text that has lost the headings before it.
      return;
    }
    nextIndex = index + (isLong ? 2 : 1);
    Long at = address(region.group(5), origin);
    if (isLegacy(isMemory, type, hasSize ? bytes(size) : 0, at)) {
      return;
    }
    if (!hasSize) {
      allSizes = false;
      facts.addFinding(
          Severity.WARNING,
          "bar-size-unknown",
          "BAR %d of %s has no size, because the kernel has placed it nowhere"
              .formatted(index, address),
          origin);
      return;
    }
    Bar.Space space = !isMemory ? Bar.Space.IO : isLong ? Bar.Space.MEMORY_64 : Bar.Space.MEMORY_32;
    // The expansion ROM has a line of its own, so index 6 is one too many.
    bars.add(
        index == Bar.ROM ? Bar.ROM + 1 : index,
        space,
        bytes(size),
        isMemory && type.contains(", prefetchable"),
        at,
        origin);
  }

  /* Ports of an IDE controller that no register gives, which lspci shows as registers. */
  private static boolean isLegacy(boolean isMemory, String type, long bytes, @Nullable Long at) {
    boolean tiny = bytes != 0 && bytes < Bar.least(isMemory ? Bar.Space.MEMORY_32 : Bar.Space.IO);
    return type.startsWith("type 3") || (tiny && at != null && Long.compareUnsigned(at, PORTS) < 0);
  }

  private void readRom(Matcher rom, Origin origin) {
    Long at = address(rom.group(2), origin);
    Matcher size = SIZE.matcher(rom.group(3));
    if (at != null && at == SHADOW_ROM) {
      return;
    }
    if (size.find()) {
      bars.add(Bar.ROM, Bar.Space.MEMORY_32, bytes(size), false, at, origin);
    } else {
      allSizes = false;
    }
  }

  private static long bytes(Matcher size) {
    long number = Long.parseLong(size.group(1));
    int shift = size.group(2).isEmpty() ? 0 : 10 * (1 + "KMGT".indexOf(size.group(2)));
    // Too large for a long is too large for a register; the largest odd number is refused as well.
    return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
  }

  private @Nullable Long address(String text, Origin origin) {
    if (NO_ADDRESS.matcher(text).matches()) {
      return null;
    }
    if (!text.matches("[0-9a-f]{1,16}")) {
      facts.addProblem(new InputProblem(origin, "`" + text + "` is no address"));
      return null;
    }
    return Long.parseUnsignedLong(text, 16);
  }

  private void readResizable(Matcher line, Origin origin) {
    List<Long> sizes = new ArrayList<>();
    for (String word : line.group(2).strip().split(" +")) {
      Matcher size = RESIZE_SIZE.matcher(word);
      if (!size.matches() || Long.bitCount(Long.parseLong(size.group(1))) != 1) {
        bars.problem(origin, "`" + word + "` is no size of a resizable BAR");
        return;
      }
      int shift = 20 + 10 * List.of("MB", "GB", "TB", "PB", "EB").indexOf(size.group(2));
      long number = Long.parseLong(size.group(1));
      sizes.add(number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift);
    }
    bars.resizable(Integer.parseInt(line.group(1)), sizes);
  }
}
