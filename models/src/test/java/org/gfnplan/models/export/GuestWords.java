package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MemorySlots;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.input.Stated;
import org.jspecify.annotations.Nullable;

/** What a guest says about its layout, without where it says so; equal words, equal guest. */
final class GuestWords {
  private GuestWords() {}

  /** All of it. */
  static List<String> of(Guest guest) {
    List<String> words = new ArrayList<>(machine(guest));
    words.add("nodes " + guest.memory().nodes().stream().map(GuestWords::node).toList());
    words.add("windows " + guest.pmem().stream().map(PmemWindow::name).toList());
    words.add("order " + guest.devices().stream().map(PciAssignment::spelling).toList());
    return words;
  }

  /** All but nodes, the names of windows, and the order of devices. */
  static List<String> machine(Guest guest) {
    List<String> words = new ArrayList<>();
    words.add("name " + guest.name());
    words.add("type " + guest.type());
    words.add("platform " + guest.platform().value());
    words.add("memory " + value(guest.memory().startKib()) + value(guest.memory().mostKib()));
    words.add("video " + value(guest.memory().videoKib()) + value(guest.pci().cards().video()));
    words.add("networks " + guest.pci().cards().networks().stream().map(Stated::value).toList());
    MemorySlots slots = guest.memory().slots();
    words.add("slots " + (slots == null ? "" : value(slots.mostBytes()) + value(slots.slots())));
    words.add("hole " + value(guest.mmioHoleMib()));
    words.add("rdm " + value(guest.rdm().strategy()) + value(guest.rdm().policy()));
    words.add("boundary " + value(guest.rdm().boundaryMib()));
    words.add("hap " + value(guest.hap()));
    words.add("firmware " + value(guest.firmware()));
    words.add("devices " + guest.devices().stream().map(GuestWords::device).sorted().toList());
    words.add(
        guest.pci().ports().stream()
            .map(p -> p.name() + " " + p.memoryBytes() + " " + p.prefetchableBytes())
            .collect(Collectors.joining(", ", "ports ", "")));
    MachineWishes wishes = guest.machine();
    Stated<String> version = wishes.version();
    String usual = guest.platform().value().word().replace("qemu-", "");
    words.add("machine " + (version == null ? usual : version.value()));
    words.add("limit " + value(wishes.maxRamBelow4gBytes()));
    words.add("hole64 " + value(wishes.pciHole64Bytes()));
    words.add("ovmf " + value(wishes.firmwareWindow64Bytes()));
    words.add("vendor " + value(wishes.cpuVendor()));
    words.add("bits " + value(wishes.physicalBits()));
    words.add("private " + value(wishes.privateBit()));
    guest.pmem().forEach(window -> words.add(window(window)));
    return words;
  }

  private static String node(NumaNode node) {
    return node.kib() + " " + node.physicalNode() + " " + node.vcpus() + node.distances();
  }

  private static String device(PciAssignment device) {
    RdmPolicies policies = device.policies();
    return device.spelling()
        + (policies == null ? "" : " " + policies.flag())
        + value(device.port());
  }

  private static String window(PmemWindow window) {
    return window.kind()
        + value(window.bytes())
        + " "
        + window.labelBytes()
        + value(window.alignmentBytes())
        + value(window.startByte())
        + value(window.slot())
        + value(window.backing())
        + window.isFile();
  }

  private static String value(@Nullable Stated<?> stated) {
    return stated == null ? " -" : " " + stated.value();
  }
}
