package org.gfnplan.models.host.linux;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.host.HostDevice;
import org.gfnplan.models.host.LogLines;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing of IOMMU groups: {@code find /sys/kernel/iommu_groups/ -type l}, or what the
 * scripts that walk this tree print ({@code IOMMU Group 1 00:01.0 PCI bridge ...}, or the group as
 * a heading).
 */
public final class IommuGroups {
  private static final String ADDRESS = "((?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7])";
  private static final Pattern PATH =
      Pattern.compile(".*\\biommu_groups/(\\d{1,6})/devices/" + ADDRESS + "( .*)?");
  private static final Pattern SENTENCE =
      Pattern.compile("\\s*IOMMU Group (\\d{1,6}):?\\s+" + ADDRESS + "(?: +(.*))?");
  private static final Pattern HEADING = Pattern.compile("\\s*IOMMU Group (\\d{1,6}):?\\s*");
  private static final Pattern MEMBER = Pattern.compile("\\s+" + ADDRESS + "(?: +(.*))?");

  private final String document;
  private final SourceFacts facts;
  private @Nullable Integer group;

  private IommuGroups(String document) {
    this.document = document;
    this.facts = new SourceFacts(document);
  }

  /** What {@code text} says, or null when it is no such listing. */
  public static @Nullable SourceFacts read(String document, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (!PATH.matcher(first).matches()
        && !SENTENCE.matcher(first).matches()
        && !HEADING.matcher(first).matches()) {
      return null;
    }
    IommuGroups reader = new IommuGroups(document);
    reader.facts.namesDevices();
    LogLines.forEach(text, reader::readLine);
    reader.facts.listsDevicesIfHostBridge();
    return reader.facts;
  }

  private void readLine(String line, int number) {
    Matcher path = PATH.matcher(line);
    Matcher sentence = SENTENCE.matcher(line);
    Matcher heading = HEADING.matcher(line);
    Matcher member = MEMBER.matcher(line);
    Origin origin = Origin.line(document, number, line);
    if (path.matches()) {
      add(path.group(2), null, Integer.valueOf(path.group(1)), origin);
    } else if (sentence.matches()) {
      group = Integer.valueOf(sentence.group(1));
      add(sentence.group(2), sentence.group(3), group, origin);
    } else if (heading.matches()) {
      group = Integer.valueOf(heading.group(1));
    } else if (member.matches()) {
      add(member.group(1), member.group(2), group, origin);
    }
  }

  private void add(String where, @Nullable String words, @Nullable Integer ofGroup, Origin origin) {
    PciAddress address = PciAddress.parse(where);
    if (address == null) {
      facts.addProblem(new InputProblem(origin, "`" + where + "` is no address of a function"));
      return;
    }
    HostDevice device = HostDevice.at(address, ofGroup, origin);
    facts.addDevice(words == null || words.isBlank() ? device : device.called(words.strip()));
  }
}
