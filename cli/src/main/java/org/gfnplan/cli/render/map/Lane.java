package org.gfnplan.cli.render.map;

import java.util.Locale;

/** A column of the map: one party that takes addresses. */
public enum Lane {
  /** The guest's RAM. */
  RAM("RAM", "guest RAM"),
  /** Windows that firmware or QEMU keep for something else. */
  HOLE("hole", "window"),
  /** Registers of PCI functions. */
  BAR("BARs", "device registers"),
  /** Memory that the host's firmware reserved for devices. */
  RDM("RDM", "reserved device memory"),
  /** What firmware, chipset and toolstack have fixed. */
  FIXED("fixed", "firmware and fixed areas"),
  /** Persistent memory. */
  PMEM("pmem", "persistent memory"),
  /** Addresses that devices cannot use. */
  IOVA("IOVA", "reserved addresses"),
  /** What QEMU makes for itself, and where it believes RAM to be. */
  QEMU("QEMU", "QEMU's view"),
  /** Where RAM lies with the settings that the guest has now. */
  TODAY("today", "RAM today");

  private final String head;
  private final String words;

  Lane(String head, String words) {
    this.head = head;
    this.words = words;
  }

  /** The word at the head of the column. */
  public String head() {
    return head;
  }

  /** What lies in it. */
  public String words() {
    return words;
  }

  /** The name of its class in the style sheet. */
  String style() {
    return "lane-" + name().toLowerCase(Locale.ROOT);
  }

  /** The lane of a kind of region; what is new is taken for something fixed. */
  static Lane of(String kind) {
    return switch (kind) {
      case "ram" -> RAM;
      case "hole" -> HOLE;
      case "bar" -> BAR;
      case "rdm" -> RDM;
      case "pmem" -> PMEM;
      case "iova", "reserved" -> IOVA;
      case "qemu" -> QEMU;
      default -> FIXED;
    };
  }
}
