package org.gfnplan.models.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.models.platform.Setting;
import org.gfnplan.models.platform.Settings;
import org.gfnplan.models.report.GuestDiff;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuestEditTest {
  private static final String XL =
      """
      name = "g" # mine
      type = "hvm"
      memory = 4096; maxmem = 4096
      mmio_hole = 512   # from a forum
      pci = [
        '00:02.0,rdm_policy=strict',  # graphics
        "0000:00:1d.0",
        '05:00.*,permissive=1', # both
      ]
      """;

  private static final String YAML =
      """
      gfnplan: guest/1
      name: g
      platform: xen-hvm
      memory: "4GiB"  # enough
      rdm: {policy: strict, strategy: host}
      devices:
        - address: "00:02.0"   # graphics
          rdm_policy: strict

        - {address: "00:1d.0", bars: [{bar: 0, space: memory-32, size: 16MiB}]}
      pmem:
        - {name: pm0, size: 16GiB, backing: namespace0.0}
      """;

  private static final String JSON =
      """
      {
        "gfnplan": "guest/1",
        "name": "g",
        "platform": "xen-hvm",
        "memory": "4GiB",
        "devices": [
          {"address": "00:02.0"},
          {"address": "00:1d.0", "rdm_policy": "strict"}
        ]
      }
      """;

  private static final String QEMU =
      """
      #!/bin/sh
      exec qemu-system-x86_64 -machine pc,nvdimm=on \\
        -m 4G,slots=2,maxmem=8G \\
        -device vfio-pci,host=01:00.0 \\
        -device vfio-pci,host=02:00.0
      """;

  private static final String DOMAIN =
      """
      <domain type='kvm'>
        <name>g</name>
        <memory unit='GiB'>4</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices>
          <hostdev mode='subsystem' type='pci' managed='yes'>
            <source>
              <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
            </source>
          </hostdev>
          <hostdev mode='subsystem' type='pci' managed='yes'>
            <source><address domain='0' bus='2' slot='0' function='1'/></source>
          </hostdev>
        </devices>
      </domain>
      """;

  @Test
  void aSettingOfXlTakesThePlaceOfTheOldOneAndLeavesTheComment() throws UnusableInput {
    assertEquals(
        List.of("-mmio_hole = 512   # from a forum", "+mmio_hole = 2120   # from a forum"),
        edit(XL, same -> same, Setting.of("mmio_hole", 2120L, "mmio_hole = 2120")));
    assertEquals(
        List.of("-mmio_hole = 512   # from a forum", "+   # from a forum"),
        edit(XL, same -> same, Setting.of("mmio_hole", 0L, "")));
  }

  @Test
  void aNewSettingOfXlStandsBehindTheMemory() throws UnusableInput {
    assertEquals(
        List.of("+rdm_mem_boundary = 512"),
        edit(XL, same -> same, Setting.of("rdm_mem_boundary", 512L, "rdm_mem_boundary = 512")));
  }

  @Test
  void bothSizesOfMemoryChangeOnALineOfXlThatHasBoth() throws UnusableInput {
    assertEquals(
        List.of("-memory = 4096; maxmem = 4096", "+memory = 2048; maxmem = 2048"),
        edit(XL, memory(2048)));
  }

  @Test
  void policiesOfXlAreReplacedOrAdded() throws UnusableInput {
    assertEquals(
        List.of(
            "-  '00:02.0,rdm_policy=strict',  # graphics",
            "+  '00:02.0,rdm_policy=relaxed',  # graphics"),
        edit(XL, relaxed("0000:00:02.0")));
    assertEquals(
        List.of(
            "-  '05:00.*,permissive=1', # both",
            "+  '05:00.*,permissive=1,rdm_policy=relaxed', # both"),
        edit(XL, relaxed("0000:05:00.*")));
  }

  @Test
  void devicesOfXlLeaveWithTheirLines() throws UnusableInput {
    assertEquals(List.of("-  \"0000:00:1d.0\","), edit(XL, without("0000:00:1d.0")));
    String line = "name = 'g'\ntype = 'hvm'\nmemory = 4096\npci = [ '00:02.0', '00:1d.0' ]\n";
    assertEquals(
        List.of("-pci = [ '00:02.0', '00:1d.0' ]", "+pci = [ '00:1d.0' ]"),
        edit(line, without("0000:00:02.0")));
    assertEquals(
        List.of("-pci = [ '00:02.0', '00:1d.0' ]", "+pci = [ '00:02.0' ]"),
        edit(line, without("0000:00:1d.0")));
  }

  @Test
  void anotherDeviceOfXlFollowsTheLast() throws UnusableInput {
    assertEquals(
        List.of(
            "-  '05:00.*,permissive=1', # both",
            "+  '05:00.*,permissive=1', '0000:00:1a.0,rdm_policy=relaxed', # both"),
        edit(
            XL,
            with("00:1a.0"),
            new Setting("rdm_policy", "0000:00:1a.0", "relaxed", "rdm_policy=relaxed")));
  }

  @Test
  void keysOfADocumentKeepQuotesAndComments() throws UnusableInput {
    assertEquals(
        List.of("-memory: \"4GiB\"  # enough", "+memory: \"2GiB\"  # enough"),
        edit(YAML, memory(2048)));
    assertEquals(
        List.of("+mmio_hole: 2120MiB"),
        edit(YAML, same -> same, Setting.of("mmio_hole", 2120L, "mmio_hole = 2120")));
    assertEquals(
        List.of(
            "-rdm: {policy: strict, strategy: host}",
            "+rdm: {policy: strict, strategy: host, boundary: 512MiB}"),
        edit(YAML, same -> same, Setting.of("rdm_mem_boundary", 512L, "rdm_mem_boundary = 512")));
  }

  @Test
  void itemsOfADocumentChangeInEitherStyle() throws UnusableInput {
    assertEquals(
        List.of("-    rdm_policy: strict", "+    rdm_policy: relaxed"),
        edit(YAML, relaxed("0000:00:02.0")));
    assertEquals(
        List.of(
            "-  - {address: \"00:1d.0\", bars: [{bar: 0, space: memory-32, size: 16MiB}]}",
            "+  - {address: \"00:1d.0\", bars: [{bar: 0, space: memory-32, size: 16MiB}],"
                + " rdm_policy: relaxed}"),
        edit(YAML, relaxed("0000:00:1d.0")));
    assertEquals(
        List.of("-  - address: \"00:02.0\"   # graphics", "-    rdm_policy: strict"),
        edit(YAML, without("0000:00:02.0")));
    assertEquals(
        List.of("-pmem:", "-  - {name: pm0, size: 16GiB, backing: namespace0.0}"),
        edit(YAML, guest -> guest.withPmem(List.of())));
  }

  @Test
  void aDocumentInJsonStaysOne() throws UnusableInput {
    assertEquals(
        List.of("+  \"mmio_hole\": \"2120MiB\","),
        edit(JSON, same -> same, Setting.of("mmio_hole", 2120L, "mmio_hole = 2120")));
    assertEquals(
        List.of(
            "-    {\"address\": \"00:02.0\"},",
            "-    {\"address\": \"00:1d.0\", \"rdm_policy\": \"strict\"}",
            "+    {\"address\": \"00:02.0\"}"),
        edit(JSON, without("0000:00:1d.0")));
    assertEquals(
        List.of(
            "-    {\"address\": \"00:02.0\"},",
            "+    {\"address\": \"00:02.0\", \"rdm_policy\": \"relaxed\"},"),
        edit(JSON, relaxed("0000:00:02.0")));
  }

  @Test
  void optionsOfQemuChangeAndLeave() throws UnusableInput {
    assertEquals(
        List.of("-  -m 4G,slots=2,maxmem=8G \\", "+  -m 2048M,slots=2,maxmem=9G \\"),
        edit(QEMU, memory(2048), Setting.of("maxmem", 9L << 30, "-m maxmem=9G")));
    assertEquals(
        List.of(
            "-exec qemu-system-x86_64 -machine pc,nvdimm=on \\",
            "+exec qemu-system-x86_64 -machine pc,nvdimm=on,max-ram-below-4g=2G \\"),
        edit(
            QEMU,
            same -> same,
            Setting.of("max-ram-below-4g", 2L << 30, "-machine max-ram-below-4g=2G")));
    assertEquals(
        List.of("-  -device vfio-pci,host=01:00.0 \\"), edit(QEMU, without("0000:01:00.0")));
    assertEquals(
        List.of(
            "-  -device vfio-pci,host=01:00.0 \\",
            "-  -device vfio-pci,host=02:00.0",
            "+  -device vfio-pci,host=01:00.0"),
        edit(QEMU, without("0000:02:00.0")));
  }

  @Test
  void aDomainLosesDevices() throws UnusableInput {
    assertEquals(
        List.of(
            "-    <hostdev mode='subsystem' type='pci' managed='yes'>",
            "-      <source><address domain='0' bus='2' slot='0' function='1'/></source>",
            "-    </hostdev>"),
        edit(DOMAIN, without("0000:02:00.1")));
  }

  @Test
  void whatCannotBeWrittenDownIsNot() throws UnusableInput {
    assertNull(changed(DOMAIN, relaxed("0000:02:00.1")));
    assertNull(changed(XL.replace("\n", "\r\n"), without("0000:00:1d.0")));
    assertNull(changed(XL.stripTrailing(), without("0000:00:1d.0")));
    assertNull(changed(XL + "memory = 4096\n", memory(2048)));
  }

  /** The lines that a diff takes away and adds; the diff must lead to the changed text. */
  private static List<String> edit(String text, UnaryOperator<Guest> edit, Setting... settings)
      throws UnusableInput {
    String changed = changed(text, edit, settings);
    assertTrue(changed != null, "no diff");
    assertTrue(
        GuestEdit.isSame(
            guest(changed), edit.apply(guest(text)), new Settings("", List.of(settings))),
        () -> "another guest\n" + changed);
    String diff = GuestEdit.unified("g", text, changed);
    assertEquals(changed, patched(text, diff));
    List<String> lines = new ArrayList<>(diff.lines().skip(2).toList());
    lines.removeIf(line -> line.startsWith("@@") || line.startsWith(" "));
    return lines;
  }

  private static String patched(String text, String diff) {
    try {
      return String.join(
          "\n",
          UnifiedDiffUtils.parseUnifiedDiff(Arrays.asList(diff.split("\n")))
              .applyTo(List.of(text.split("\n", -1))));
    } catch (PatchFailedException e) {
      throw new AssertionError(diff, e);
    }
  }

  private static @Nullable String changed(
      String text, UnaryOperator<Guest> edit, Setting... settings) throws UnusableInput {
    GuestReader.Source read = GuestReader.source("g", text.getBytes(StandardCharsets.UTF_8));
    Guest after = edit.apply(read.guest());
    GuestDiff diff =
        GuestDiff.of(
            read.guest(), new Settings("", List.of()), after, new Settings("", List.of(settings)));
    List<Setting> values = new ArrayList<>(diff.values());
    for (Setting setting : settings) {
      if (!values.contains(setting)) {
        values.add(setting);
      }
    }
    return GuestEdit.changed(
        read.text(), read.guest(), after, new GuestDiff(values, diff.assigned(), diff.dropped()));
  }

  private static Guest guest(String text) throws UnusableInput {
    return GuestReader.read("g", text.getBytes(StandardCharsets.UTF_8));
  }

  private static UnaryOperator<Guest> memory(long mib) {
    return guest ->
        guest.withMemory(guest.memory().withSize(Stated.by(mib * 1024, guest.document())));
  }

  private static UnaryOperator<Guest> without(String device) {
    return guest ->
        guest.withDevices(
            guest.devices().stream().filter(each -> !each.spelling().equals(device)).toList());
  }

  private static UnaryOperator<Guest> relaxed(String device) {
    return guest ->
        guest.withDevices(
            guest.devices().stream()
                .map(
                    each ->
                        each.spelling().equals(device)
                            ? each.with(RdmPolicies.all(RdmPolicy.RELAXED))
                            : each)
                .toList());
  }

  private static UnaryOperator<Guest> with(String device) {
    return guest -> {
      List<PciAssignment> devices = new ArrayList<>(guest.devices());
      PciAddress address = PciAddress.parse(device);
      assertTrue(address != null);
      devices.add(PciAssignment.of(address, false, null, guest.document()));
      return guest.withDevices(devices);
    };
  }
}
