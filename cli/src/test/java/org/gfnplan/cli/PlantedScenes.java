package org.gfnplan.cli;

import java.util.ArrayList;
import java.util.List;

/** Guests and hosts that between them need every rule of the catalogue. */
final class PlantedScenes {
  static final String NO_RDM = "reserved: []\n";

  private static final String BARS =
      """
      devices:
        - {address: "01:00.0", bars: [%s]}
        - {address: "02:00.0", bars: [%s]}
      """;

  private static final String NAMESPACE =
      NO_RDM + "pmem: [{name: ns0, extents: [{start: 0x1000000000, size: 1GiB}]}]\n";

  private PlantedScenes() {}

  /**
   * A guest on a host.
   *
   * @param host a host document without its first line
   * @param guest a guest document without its first line
   */
  record Case(String host, String guest) {}

  /**
   * Guests on one host.
   *
   * @param host a host document without its first line
   * @param guests guest documents without their first line
   */
  record Neighbours(String host, List<String> guests) {}

  /** Scenes of one guest. */
  static List<Case> all() {
    List<Case> cases = new ArrayList<>(xen());
    cases.addAll(ideal());
    cases.addAll(qemu());
    return cases;
  }

  private static List<Case> xen() {
    List<Case> cases = new ArrayList<>();
    String strict = hvm("4GiB", "devices: [{address: \"00:02.0\"}]");
    for (String area :
        List.of(
            "0xfc000000",
            "0xfc200000",
            "0xfe700000",
            "0xfec00000",
            "0xfed00000",
            "0xfed40000",
            "0xfee00000",
            "0xfeff0000",
            "0xfeff8000")) {
      cases.add(new Case(rdm(area, "4KiB", "00:02.0"), strict));
    }
    cases.add(
        new Case(
            rdm("0xffd00000", "4KiB", "00:02.0"),
            hvm("4GiB", "firmware: ovmf", "devices: [{address: \"00:02.0\"}]")));
    cases.add(new Case(rdm("0x8000000", "4KiB", "00:02.0"), strict));
    cases.add(new Case(rdm("0xe8000", "4KiB", "00:02.0"), strict));
    cases.add(new Case(rdm("0xac6d3000", "80KiB", "00:02.0"), strict));
    cases.add(
        new Case(
            rdm("0xac6d3000", "80KiB", "00:02.0"),
            hvm("4GiB", "mmio_hole: 512MiB", "devices: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            rdm("0xac6d3000", "80KiB", "00:02.0"),
            hvm(
                "4GiB",
                "mmio_hole: 512MiB",
                "rdm: {boundary: 256MiB}",
                "devices: [{address: \"00:02.0\", rdm_policy: relaxed}]")));
    cases.add(
        new Case(
            "reserved:\n  - {start: 0x9c000000, size: 1MiB, kind: rmrr,"
                + " devices: [\"0000:00:02.0\", \"0000:00:14.0\"]}\n",
            strict));
    cases.add(
        new Case(
            "reserved:\n  - {start: 0x120000000, size: 1MiB, kind: rmrr,"
                + " devices: [\"0000:00:02.0\"]}\n",
            hvm("4616MiB", "devices: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            rdm("0x9c000000", "4KiB", "00:02.0"), hvm("4GiB", "pool: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            rdm("0xf0000000", "4KiB", "00:02.0"),
            hvm("4GiB", "mmio_hole: 256MiB", "pool: [{address: \"00:02.0\"}]")));
    cases.add(
        new Case(
            NO_RDM
                + "memory_map:\n  - {start: 0x100000, end: 0x90000000, type: usable}\n"
                + "  - {start: 0x80000000, end: 0x81000000, type: reserved}\n",
            hvm("4GiB", "rdm: {mirror_host: true}")));
    cases.add(
        new Case(NO_RDM, hvm("4GiB", "rdm: {ranges: [{name: a, start: 0xa0000000, size: 1MiB}]}")));
    cases.add(new Case(NO_RDM, hvm("6GiB", "physical_bits: 32")));
    cases.add(new Case(NO_RDM, hvm("3900MiB", "physical_bits: 32")));
    cases.add(new Case(NO_RDM, hvm("4GiB", "mmio_hole: 1GiB", gpu("memory-32", "1GiB"))));
    cases.add(new Case(NO_RDM, pvh("8GiB")));
    cases.add(new Case(rdm("0x18f900000", "4KiB", "00:02.0"), hvm("6GiB", dev())));
    cases.add(new Case(NO_RDM, hvm("1GiB", window("1GiB"))));
    cases.add(new Case(NO_RDM + "iommu_bits: 36\n", hvm("100GiB", dev())));
    cases.add(new Case(NO_RDM + "cpu_physical_bits: 36\n", hvm("100GiB")));
    cases.add(new Case(NO_RDM + "iommu: amd\n", hvm("1100GiB", dev())));
    cases.add(
        new Case(
            NO_RDM + "reserved_iova:\n  - {start: 0x200000000, size: 1MiB, kind: reserved}\n",
            hvm("16GiB", dev())));
    return cases;
  }

  private static List<Case> ideal() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(NO_RDM, ideal("64GiB", gpu("memory-64", "1GiB"))));
    cases.add(new Case(NO_RDM, ideal("3GiB", gpu("memory-32", "2GiB"))));
    cases.add(new Case(rdm("0xe8000", "4KiB", "00:02.0"), ideal("3GiB", dev())));
    cases.add(new Case(rdm("0xfee00000", "4KiB", "00:02.0"), ideal("3GiB", dev())));
    cases.add(new Case(NO_RDM, ideal("100GiB", "private_bit: 36")));
    cases.add(new Case(rdm("0x9c000000", "4KiB", "00:02.0"), ideal("3GiB", dev())));
    cases.add(new Case(NO_RDM, ideal("1GiB", window("1GiB"))));
    cases.add(new Case(NO_RDM, ideal("1GiB", window("1GiB, alignment: 64GiB"))));
    cases.add(new Case(NO_RDM, ideal("1GiB", window("1GiB, address: 64GiB"))));
    cases.add(new Case(NAMESPACE, ideal("1GiB", window("2GiB, backing: ns0"))));
    return cases;
  }

  private static List<Case> qemu() {
    List<Case> cases = new ArrayList<>();
    String wide = "{bar: 0, space: memory-64, size: 1GiB, prefetchable: true}";
    String narrow = "{bar: 0, space: memory-32, size: 512MiB}";
    String region = "max_memory: 8GiB\nslots: 2";
    cases.add(new Case(NO_RDM, pc("4GiB", "max_ram_below_4g: 2GiB")));
    cases.add(new Case(NO_RDM, pc("4090MiB", "max_ram_below_4g: 4GiB")));
    cases.add(new Case(NO_RDM, q35("4GiB", "pci_hole64: 64GiB")));
    cases.add(new Case(NO_RDM, q35("3GiB", "physical_bits: 32")));
    cases.add(new Case(NO_RDM, q35("64GiB", BARS.formatted(wide, narrow))));
    cases.add(new Case(NO_RDM, q35("64GiB", "firmware: ovmf", BARS.formatted(wide, narrow))));
    cases.add(new Case(NO_RDM, q35("4GiB", BARS.formatted(narrow, narrow))));
    cases.add(new Case(NO_RDM, q35("4GiB", "ports: [{name: rp0, prefetchable: 64GiB}]")));
    cases.add(
        new Case(
            NO_RDM,
            q35(
                "4GiB",
                "ports: [{name: rp0, prefetchable: 2MiB}]",
                "pool: [{address: \"03:00.0\", port: rp0, bars: [%s]}]"
                    .formatted(wide.replace("1GiB", "64GiB")))));
    cases.add(new Case(NO_RDM, q35("4GiB", region)));
    cases.add(new Case(NO_RDM, q35("4GiB", "max_memory: 5GiB\nslots: 2", window("2GiB"))));
    cases.add(new Case(NO_RDM, q35("4GiB", region, window("1GiB", "1GiB, address: 0x180000000"))));
    cases.add(
        new Case(
            "iommu: amd\nreserved:\n  - {start: 0x9c000, size: 4KiB, kind: ivmd-unity,"
                + " devices: [\"0000:03:00.0\"]}\n",
            q35("4GiB", "devices: [{address: \"03:00.0\"}]")));
    return cases;
  }

  /** Scenes of several guests. */
  static List<Neighbours> shared() {
    String one = guest("xen-hvm", "1GiB", "devices: [{address: \"00:01.0\"}]");
    String two = guest("xen-hvm", "1GiB", "devices: [{address: \"00:02.0\"}]");
    String later = guest("xen-hvm", "1GiB", "pool: [{address: \"00:01.0\"}]");
    String sharing =
        "reserved:\n  - {start: 0x9c000000, size: 4KiB, kind: rmrr,"
            + " devices: [\"0000:00:01.0\", \"0000:00:02.0\"]}\n";
    String group =
        NO_RDM
            + "devices:\n  - {address: \"00:01.0\", iommu_group: 1}\n"
            + "  - {address: \"00:02.0\", iommu_group: 1}\n";
    return List.of(
        new Neighbours(NO_RDM, List.of(one, one)),
        new Neighbours(NO_RDM, List.of(one, later)),
        new Neighbours(sharing, List.of(one, two)),
        new Neighbours(
            group, List.of(one.replace("xen-hvm", "qemu-q35"), two.replace("xen-hvm", "qemu-q35"))),
        new Neighbours(
            NAMESPACE,
            List.of(
                ideal("1GiB", window("1GiB, backing: ns0")),
                ideal("1GiB", window("1GiB, backing: ns0")))));
  }

  private static String rdm(String start, String size, String device) {
    return "reserved:\n  - {start: %s, size: %s, kind: rmrr, devices: [\"%s\"]}\n"
        .formatted(start, size, device);
  }

  private static String dev() {
    return "devices: [{address: \"00:02.0\"}]";
  }

  private static String gpu(String space, String size) {
    return "devices: [{address: \"00:02.0\", bars: [{bar: 0, space: %s, size: %s}]}]"
        .formatted(space, size);
  }

  /** Memory devices, each by its size and what else there is to say. */
  private static String window(String... sizes) {
    StringBuilder lines = new StringBuilder("pmem:");
    for (String size : sizes) {
      lines
          .append("\n  - {name: nv")
          .append(lines.length())
          .append(", size: ")
          .append(size)
          .append('}');
    }
    return lines.toString();
  }

  private static String pc(String memory, String... lines) {
    return guest("qemu-pc", memory, lines);
  }

  private static String q35(String memory, String... lines) {
    return guest("qemu-q35", memory, lines);
  }

  static String hvm(String memory, String... lines) {
    return guest("xen-hvm", memory, lines);
  }

  private static String pvh(String memory) {
    return guest("xen-pvh", memory);
  }

  private static String ideal(String memory, String... lines) {
    return guest("ideal", memory, lines);
  }

  private static String guest(String platform, String memory, String... lines) {
    return "platform: %s\nmemory: %s\n%s\n".formatted(platform, memory, String.join("\n", lines));
  }
}
