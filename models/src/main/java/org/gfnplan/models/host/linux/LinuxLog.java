package org.gfnplan.models.host.linux;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.BootLog;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.solver.problem.Origin;

/**
 * Reads the boot log of Linux as {@code dmesg}, {@code journalctl -k} or a serial console give it,
 * with or without time stamps and other words before what the kernel says.
 */
public final class LinuxLog {
  /*
   * Words differ by version. The memory map was "start - end (type)" with an exclusive end, is
   * "[mem first-last] type", and may say "System RAM" for usable and "device reserved" for
   * reserved. "DMAR:" was "ACPI DMAR:" and had no space after it.
   */
  private static final String RANGE = "\\[0x([0-9a-f]+)-0x([0-9a-f]+)\\]";
  private static final Pattern BOOT = Pattern.compile("\\bLinux version \\d");
  private static final Pattern MEMORY =
      Pattern.compile("BIOS-e820: +\\[mem 0x([0-9a-f]+)-0x([0-9a-f]+)\\] *(.*)");
  private static final Pattern OLD_MEMORY =
      Pattern.compile("BIOS-e820: +([0-9a-f]+) - ([0-9a-f]+) \\(([^)]*)\\)");
  private static final Pattern MEMORY_GAP = Pattern.compile("BIOS-e820: +\\[gap ");
  private static final Pattern SIZE = Pattern.compile("^[0-9.]+ +[KMGTP]?B +");
  private static final Pattern WIDTH = Pattern.compile("DMAR: ?Host address width (\\d+)");
  private static final Pattern CAPABILITY =
      Pattern.compile("reg_base_addr [0-9a-f]+ ver \\S+ cap ([0-9a-f]+) ecap");
  private static final Pattern AMD_FEATURES =
      Pattern.compile("AMD-Vi: *Extended features \\(0x([0-9a-f]+)[,)]");
  private static final Pattern UNIT = Pattern.compile("DMAR: ?DRHD (?:base:|\\(flags:)");
  private static final Pattern RMRR =
      Pattern.compile("DMAR: ?RMRR base: *0x([0-9a-f]+) +end: *0x([0-9a-f]+)");
  private static final Pattern NOT_RESERVED =
      Pattern.compile("No firmware reserved region can cover this RMRR " + RANGE);
  private static final Pattern BAD = Pattern.compile("bad RMRR " + RANGE);
  private static final Pattern CONFIG =
      Pattern.compile(
          "MMCONFIG for domain ([0-9a-f]{4}) \\[bus ([0-9a-f]{2})-([0-9a-f]{2})\\] at "
              + "\\[mem [^]]*\\] \\(base 0x([0-9a-f]+)\\)");
  private static final Pattern ECAM =
      Pattern.compile(
          "ECAM \\[mem [^]]*\\] \\(base 0x([0-9a-f]+)\\) for domain ([0-9a-f]{4}) "
              + "\\[bus ([0-9a-f]{2})-([0-9a-f]{2})\\]");

  /** Most lines of a log hold none of these, and need no further look. */
  private static final List<String> ABOUT_HOST =
      List.of(
          "BIOS-e820:",
          "DMAR:",
          "AMD-Vi:",
          "MMCONFIG for",
          "ECAM [mem",
          "reg_base_addr",
          "Linux version ");

  private BootLog log;

  private LinuxLog(String document) {
    log = new BootLog(document);
  }

  /** What the last boot in {@code text} says; empty when no line is one of Linux. */
  public static BootLog read(String document, String text) {
    LinuxLog reader = new LinuxLog(document);
    LogLines.forEach(
        text,
        (line, number) -> {
          if (!reader.log.isFull() && ABOUT_HOST.stream().anyMatch(line::contains)) {
            reader.readLine(line, Origin.line(document, number, line));
          }
        });
    return reader.log;
  }

  private void readLine(String line, Origin origin) {
    // A console shows the lines of Xen and of its first guest, which must be told apart.
    if (line.contains("(XEN)")) {
      return;
    }
    if (line.contains("BIOS-e820:")) {
      readMemory(line, origin);
    } else if (line.contains("reg_base_addr")) {
      Matcher capability = CAPABILITY.matcher(line);
      if (capability.find()) {
        log.addVtdCapability(capability.group(1), origin);
      }
    } else if (line.contains("DMAR:")) {
      readDmar(line, origin);
    } else if (line.contains("AMD-Vi:")) {
      log.setIommu(Host.Iommu.AMD, origin);
      Matcher features = AMD_FEATURES.matcher(line);
      if (features.find()) {
        log.addAmdFeatures(features.group(1), origin);
      }
    } else if (line.contains("MMCONFIG for") || line.contains("ECAM [mem")) {
      readConfigWindow(line, origin);
    } else if (BOOT.matcher(line).find()) {
      log = log.nextBoot(origin);
    }
  }

  private void readMemory(String line, Origin origin) {
    Matcher match = MEMORY.matcher(line);
    Matcher old = OLD_MEMORY.matcher(line);
    if (match.find()) {
      log.addMemory(match.group(1), match.group(2), true, type(match.group(3)), origin);
    } else if (old.find()) {
      log.addMemory(old.group(1), old.group(2), false, type(old.group(3)), origin);
    } else if (!MEMORY_GAP.matcher(line).find()) {
      log.addUnreadable("line of the memory map", origin);
    }
  }

  private static String type(String words) {
    String type = SIZE.matcher(words.strip()).replaceFirst("");
    return switch (type) {
      case "System RAM", "kernel usable RAM" -> "usable";
      case "device reserved" -> "reserved";
      default -> type;
    };
  }

  private void readDmar(String line, Origin origin) {
    Matcher width = WIDTH.matcher(line);
    Matcher rmrr = RMRR.matcher(line);
    Matcher notReserved = NOT_RESERVED.matcher(line);
    Matcher bad = BAD.matcher(line);
    if (width.find()) {
      log.setIommu(Host.Iommu.INTEL, origin);
      log.addAddressWidth(width.group(1), origin);
    } else if (UNIT.matcher(line).find()) {
      // Linux writes a line for every structure of the table, so this one promises the others.
      log.setIommu(Host.Iommu.INTEL, origin);
      log.listsRmrrs();
    } else if (rmrr.find()) {
      log.setIommu(Host.Iommu.INTEL, origin);
      log.listsRmrrs();
      log.addRmrr(rmrr.group(1), rmrr.group(2), List.of(), false, origin);
    } else if (notReserved.find()) {
      log.addComplaint(notReserved.group(1), notReserved.group(2), true, origin);
    } else if (bad.find()) {
      log.addComplaint(bad.group(1), bad.group(2), false, origin);
    } else if (line.contains("RMRR base")) {
      log.addUnreadable("line with an RMRR", origin);
    }
  }

  private void readConfigWindow(String line, Origin origin) {
    Matcher config = CONFIG.matcher(line);
    Matcher ecam = ECAM.matcher(line);
    if (config.find()) {
      log.addConfigWindow(
          config.group(4),
          hex(config.group(1)),
          hex(config.group(2)),
          hex(config.group(3)),
          origin);
    } else if (ecam.find()) {
      log.addConfigWindow(
          ecam.group(1), hex(ecam.group(2)), hex(ecam.group(3)), hex(ecam.group(4)), origin);
    }
  }

  private static int hex(String digits) {
    return Integer.parseInt(digits, 16);
  }
}
