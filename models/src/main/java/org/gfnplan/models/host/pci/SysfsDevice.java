package org.gfnplan.models.host.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.host.SourceFile;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the files of one function below {@code /sys/bus/pci/devices}. */
public final class SysfsDevice {
  /** The file that has the registers; without it a folder is not that of a function. */
  public static final String RESOURCE = "resource";

  /*
   * A line of `resource` is first byte, last byte, flags: six registers, the ROM, and for a bridge
   * its windows. Flags: linux/ioport.h IORESOURCE_*.
   */
  private static final Pattern LINE =
      Pattern.compile("0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16})");
  private static final long SHADOW_OR_FIXED = 0x12;
  private static final long IO = 0x100;
  private static final long MEMORY = 0x200;
  private static final long PREFETCH = 0x2000;
  private static final long MEMORY_64 = 0x100000;
  private static final long UNSET = 0x20000000;

  private SysfsDevice() {}

  /** The names of the files that are of use. */
  public static boolean isWanted(String name) {
    return name.matches("resource([0-5]_resize)?|config|class|vendor|device");
  }

  /**
   * Adds the function at {@code address} to {@code facts}.
   *
   * @param files those of its files that are there, by name, {@link #RESOURCE} among them
   */
  public static void read(
      PciAddress address,
      Map<String, SourceFile> files,
      @Nullable Integer iommuGroup,
      SourceFacts facts) {
    SourceFile resource = files.get(RESOURCE);
    if (resource == null) {
      throw new IllegalArgumentException("a function must have resources: address=" + address);
    }
    BarList bars = new BarList(address, facts);
    long before = facts.problemCount();
    int[] index = {0};
    LogLines.forEach(
        resource.text(),
        (line, number) -> readLine(line.strip(), index[0]++, resource, number, bars));
    if (index[0] <= Bar.ROM && facts.problemCount() == before) {
      facts.addProblem(
          resource.problem("ends after %d of %d lines".formatted(index[0], Bar.ROM + 1)));
    }
    SourceFile bytes = files.get("config");
    ConfigSpace config = bytes == null ? null : new ConfigSpace(bytes.bytes());
    if (config != null) {
      config.resizable().forEach(bars::resizable);
    }
    for (int bar = 0; bar < Bar.ROM; bar++) {
      SourceFile sizes = files.get("resource" + bar + "_resize");
      if (sizes != null) {
        readSizes(sizes, bar, bars, facts);
      }
    }
    facts.addDevice(
        new HostDevice(
            address, description(files, config), bars.bars(), iommuGroup, resource.whole()));
  }

  private static void readLine(String line, int index, SourceFile file, int number, BarList bars) {
    Origin origin = Origin.line(file.document(), number, line);
    Matcher match = LINE.matcher(line);
    if (index > Bar.ROM) {
      return;
    }
    if (!match.matches()) {
      bars.problem(origin, "line is not first byte, last byte and flags of a resource");
      return;
    }
    long first = Long.parseUnsignedLong(match.group(1), 16);
    long last = Long.parseUnsignedLong(match.group(2), 16);
    long flags = Long.parseUnsignedLong(match.group(3), 16);
    boolean isMemory = (flags & MEMORY) != 0;
    if ((flags & (IO | MEMORY)) == 0 || (flags & SHADOW_OR_FIXED) != 0) {
      return;
    }
    if (Long.compareUnsigned(last, first) < 0) {
      bars.problem(origin, "resource 0x%x-0x%x ends before it starts".formatted(first, last));
      return;
    }
    bars.add(
        index,
        !isMemory
            ? Bar.Space.IO
            : (flags & MEMORY_64) != 0 ? Bar.Space.MEMORY_64 : Bar.Space.MEMORY_32,
        last - first + 1,
        isMemory && (flags & PREFETCH) != 0,
        (flags & UNSET) != 0 ? null : (Long) first,
        origin);
  }

  /* A bit mask in hexadecimal; bit 0 stands for 1 MiB. */
  private static void readSizes(SourceFile file, int bar, BarList bars, SourceFacts facts) {
    String mask = file.text().strip();
    if (!mask.matches("(?:0x)?[0-9a-f]{1,16}")) {
      facts.addProblem(new InputProblem(file.whole(), "is no mask of sizes in hexadecimal"));
      return;
    }
    bars.resizable(bar, ConfigSpace.sizes(Long.parseUnsignedLong(mask.replace("0x", ""), 16)));
  }

  /* `[0300] 8086:9a49`, as lspci -n has it. */
  private static @Nullable String description(
      Map<String, SourceFile> files, @Nullable ConfigSpace config) {
    List<String> ids = new ArrayList<>();
    for (String name : List.of("class", "vendor", "device")) {
      SourceFile file = files.get(name);
      String text = file == null ? "" : file.text().strip();
      if (text.matches("0x[0-9a-f]{4,6}")) {
        ids.add(text.substring(2, 6));
      }
    }
    if (ids.size() == 3) {
      return "[%s] %s:%s".formatted(ids.get(0), ids.get(1), ids.get(2));
    }
    return config == null ? null : config.description();
  }
}
