package org.gfnplan.models.host.xen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.BootLog;
import org.gfnplan.models.host.DeviceScope;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.input.Severity;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Reads the boot log of Xen as {@code xl dmesg} or a serial console give it. */
public final class XenLog {
  /*
   * With iommu=verbose Xen names each DMAR structure, then the devices of its scope, by address
   * even behind bridges. The addresses of an RMRR follow in a line that only debug builds have:
   * when one is missing, the log does not list the host's reserved memory.
   *
   * Old versions write "RMRR region: base_addr A end_addr B" and memory as "A - B" with B
   * exclusive; new ones "RMRR: [A,B]" and "[A, B]".
   */
  private static final String ADDRESS = "([0-9a-f]+)";
  private static final Pattern BOOT = Pattern.compile("\\(XEN\\).* Xen version \\d");
  private static final Pattern MEMORY =
      Pattern.compile("\\[([0-9a-f]{16}), ([0-9a-f]{16})\\] \\(([^)]*)\\)");
  private static final Pattern OLD_MEMORY =
      Pattern.compile("([0-9a-f]{16}) - ([0-9a-f]{16}) \\(([^)]*)\\)");
  private static final Pattern WIDTH = Pattern.compile("\\[VT-D\\] ?Host address width (\\d+)");
  private static final Pattern CAPABILITY =
      Pattern.compile("\\[VT-D\\].*\\bcap = ([0-9a-f]+),? +ecap = ");
  private static final Pattern STRUCTURE = Pattern.compile("found ACPI_DMAR_([A-Z]+)");
  private static final Pattern DEVICE =
      Pattern.compile("\\[VT-D\\] *(?:endpoint|bridge): ([0-9a-f:.]+)");
  private static final Pattern RMRR =
      Pattern.compile("RMRR(?:: \\[| region: base_addr )" + ADDRESS + "(?:,| end_addr )" + ADDRESS);
  private static final Pattern IGNORED =
      Pattern.compile("Ignore (?:the )?RMRR [(\\[]" + ADDRESS + ", ?" + ADDRESS + "[)\\]]");
  private static final Pattern CONFIG =
      Pattern.compile(
          "MCFG configuration \\d+: base "
              + ADDRESS
              + " segment ([0-9a-f]{4}) buses ([0-9a-f]{2}) - ([0-9a-f]{2})");

  /** As many as a bus could have functions; a longer list is not from one RMRR. */
  private static final int MOST_DEVICES = 256;

  private BootLog log;
  private boolean structureSeen;
  private boolean hidesAddress;
  /* The heading of the RMRR whose devices are being read, until its addresses are. */
  private @Nullable Origin rmrrHeading;
  private final List<DeviceScope> devices = new ArrayList<>();

  private XenLog(String document) {
    log = new BootLog(document);
  }

  /** What the last boot in {@code text} says; empty when no line is one of Xen. */
  public static BootLog read(String document, String text) {
    XenLog reader = new XenLog(document);
    LogLines.forEach(
        text,
        (line, number) -> {
          if (!reader.log.isFull() && line.contains("(XEN)")) {
            reader.readLine(line, Origin.line(document, number, line));
          }
        });
    reader.finish();
    return reader.log;
  }

  private void finish() {
    endStructure();
    if (structureSeen && !hidesAddress) {
      log.listsRmrrs();
    }
  }

  private void endStructure() {
    if (rmrrHeading != null) {
      log.addFinding(
          Severity.WARNING,
          "rmrr-without-address",
          "the log names an RMRR but not its addresses, as builds of Xen without debugging do",
          rmrrHeading);
      hidesAddress = true;
    }
    rmrrHeading = null;
    devices.clear();
  }

  private void readLine(String line, Origin origin) {
    if (line.contains("[VT-D]")) {
      readVtd(line, origin);
    } else if (line.contains("AMD-Vi:")) {
      log.setIommu(Host.Iommu.AMD, origin);
    } else if (line.contains("MCFG configuration")) {
      readConfigWindow(line, origin);
    } else if (line.endsWith("RAM map:")) {
      log.restartMemoryMap();
    } else if (line.contains("Xen version") && BOOT.matcher(line).find()) {
      log = log.nextBoot(origin);
      structureSeen = false;
      hidesAddress = false;
      rmrrHeading = null;
    } else {
      readMemory(line, origin);
    }
  }

  private void readMemory(String line, Origin origin) {
    Matcher match = MEMORY.matcher(line);
    Matcher old = OLD_MEMORY.matcher(line);
    if (match.find()) {
      log.addMemory(match.group(1), match.group(2), true, match.group(3), origin);
    } else if (old.find()) {
      log.addMemory(old.group(1), old.group(2), false, old.group(3), origin);
    }
  }

  private void readVtd(String line, Origin origin) {
    Matcher width = WIDTH.matcher(line);
    Matcher capability = CAPABILITY.matcher(line);
    Matcher structure = STRUCTURE.matcher(line);
    Matcher device = DEVICE.matcher(line);
    Matcher ignored = IGNORED.matcher(line);
    Matcher rmrr = RMRR.matcher(line);
    if (width.find()) {
      log.setIommu(Host.Iommu.INTEL, origin);
      log.addAddressWidth(width.group(1), origin);
    } else if (capability.find()) {
      log.addVtdCapability(capability.group(1), origin);
    } else if (structure.find()) {
      log.setIommu(Host.Iommu.INTEL, origin);
      endStructure();
      structureSeen = true;
      rmrrHeading = structure.group(1).equals("RMRR") ? origin : null;
    } else if (device.find()) {
      addDevice(device.group(1), origin);
    } else if (ignored.find()) {
      addRmrr(ignored, true, origin);
    } else if (rmrr.find()) {
      addRmrr(rmrr, false, origin);
    } else if (line.contains("RMRR region:") || line.contains("RMRR: [")) {
      log.addUnreadable("line with an RMRR", origin);
      rmrrHeading = null;
    }
  }

  private void addDevice(String address, Origin origin) {
    if (rmrrHeading == null) {
      return;
    }
    PciAddress device = PciAddress.parse(address);
    if (devices.size() == MOST_DEVICES) {
      log.addUnreadable("RMRR of more than " + MOST_DEVICES + " devices", origin);
    } else if (device == null) {
      log.addUnreadable("device `" + address + "` of an RMRR", origin);
    } else {
      devices.add(DeviceScope.of(device));
    }
  }

  private void addRmrr(Matcher match, boolean ignored, Origin origin) {
    log.setIommu(Host.Iommu.INTEL, origin);
    log.addRmrr(match.group(1), match.group(2), devices, ignored, origin);
    // Without its heading, a line in an excerpt still is an RMRR.
    structureSeen = true;
    rmrrHeading = null;
    devices.clear();
  }

  private void readConfigWindow(String line, Origin origin) {
    Matcher match = CONFIG.matcher(line);
    if (match.find()) {
      log.addConfigWindow(
          match.group(1),
          Integer.parseInt(match.group(2), 16),
          Integer.parseInt(match.group(3), 16),
          Integer.parseInt(match.group(4), 16),
          origin);
    }
  }
}
