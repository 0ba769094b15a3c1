package org.gfnplan.models.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestCards.Video;
import org.gfnplan.models.guest.KeptRange;
import org.gfnplan.models.guest.NumaNode;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Origin;

/**
 * A guest as an xl.cfg file: the keys that shape its layout. What a guest document can say and
 * xl.cfg cannot is a comment when the settings bring it about, and a problem otherwise.
 */
final class XlConfigText {
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\"\\";
  private static final String LETTERS = "abfnrtv\"\\";

  private final Guest guest;
  private final List<String> lines = new ArrayList<>();

  private XlConfigText(Guest guest) {
    this.guest = guest;
  }

  /** The file. */
  static String of(Guest guest) throws UnusableInput {
    XlConfigText text = new XlConfigText(guest);
    text.comments();
    text.lines.add("name = " + quoted(guest.name(), guest.document()));
    text.lines.add("type = \"%s\"".formatted(guest.type() == Guest.Type.PVH ? "pvh" : "hvm"));
    text.memory();
    text.machine();
    text.reserved();
    text.devices();
    return String.join("\n", text.lines) + "\n";
  }

  private void comments() {
    for (KeptRange range : guest.rdm().ranges()) {
      comment(
          "`%s` keeps %s clear: xl.cfg has no key for that, the hole below does it"
              .formatted(range.name(), Sizes.range(range.startByte(), range.endByte())));
    }
    if (guest.rdm().mirror() != null) {
      comment("the layout mirrors the host: xl.cfg has no key for that, the hole below does it");
    }
    QemuCommandText.notes(guest).forEach(this::comment);
    for (PciAssignment device : guest.devices()) {
      RdmPolicies policies = device.policies();
      if (policies != null && !policies.isUniform()) {
        comment("xl.cfg has one word for the three policies of " + device.spelling());
      }
    }
  }

  private void comment(String text) {
    lines.add("# " + Refusal.comment(text));
  }

  private void memory() throws UnusableInput {
    Stated<Long> most = guest.memory().mostKib();
    lines.add("memory = " + mib(guest.memory().startKib()));
    if (!guest.memory().nodes().isEmpty()) {
      nodes();
    } else if (!most.isDefault() || !most.value().equals(guest.memory().startKib().value())) {
      lines.add("maxmem = " + mib(most));
    }
    if (guest.type() == Guest.Type.HVM) {
      cards();
    } else if (guest.memory().videoKib().value() != 0) {
      lines.add("videoram = " + mib(guest.memory().videoKib()));
    }
  }

  /* xl takes the sum of nodes for `maxmem`; libxl refuses them when a vCPU is in none. */
  private void nodes() throws UnusableInput {
    List<NumaNode> nodes = guest.memory().nodes();
    if (nodes.stream().allMatch(node -> node.vcpus() == null)) {
      throw Refusal.of(
          nodes.get(0).origin(),
          "virtual NUMA nodes cannot be exported to xl.cfg: which vCPUs they have is not known");
    }
    lines.add("vnuma = [");
    for (NumaNode node : nodes) {
      List<String> words = new ArrayList<>();
      if (node.physicalNode() != null) {
        words.add("pnode=" + node.physicalNode());
      }
      words.add("size=" + mib(Stated.by(node.kib(), node.origin())));
      if (node.vcpus() != null) {
        words.add("vcpus=" + node.vcpus());
      }
      if (!node.distances().isEmpty()) {
        words.add(
            node.distances().stream()
                .map(distance -> distance.toString())
                .collect(Collectors.joining(",", "vdistances=", "")));
      }
      lines.add("  [ \"%s\" ],".formatted(String.join("\", \"", words)));
    }
    lines.add("]");
  }

  private void cards() throws UnusableInput {
    Stated<Video> stated = guest.pci().cards().video();
    Stated<Long> video = guest.memory().videoKib();
    Video card = stated != null ? stated.value() : video.value() == 0 ? Video.NONE : Video.CIRRUS;
    if (card != Video.CIRRUS) {
      lines.add("vga = \"%s\"".formatted(card.word()));
    }
    long least = card.leastMib();
    if (video.value() < least << 10) {
      throw Refusal.of(
          video.origin(),
          "a `%s` has at least %d MiB of video memory".formatted(card.word(), least));
    }
    if (video.value() != least << 10) {
      lines.add("videoram = " + mib(video));
    }
    if (!guest.pci().cards().networks().isEmpty()) {
      lines.add(
          guest.pci().cards().networks().stream()
              .map(network -> "\"model=%s\"".formatted(network.value().word()))
              .collect(Collectors.joining(", ", "vif = [ ", " ]")));
    }
  }

  private static long mib(Stated<Long> kib) throws UnusableInput {
    if (kib.value() % 1024 != 0) {
      throw Refusal.of(
          kib.origin(), "xl.cfg takes memory in whole MiB, this is %d KiB".formatted(kib.value()));
    }
    return kib.value() / 1024;
  }

  private void machine() throws UnusableInput {
    if (!guest.hap().isDefault()) {
      lines.add("hap = " + (guest.hap().value() ? 1 : 0));
    }
    if (guest.type() == Guest.Type.PVH) {
      return;
    }
    if (!guest.firmware().isDefault()) {
      lines.add("bios = " + quoted(guest.firmware().value(), guest.firmware().origin()));
    }
    Stated<Boolean> passthrough = guest.pci().passthrough();
    if (passthrough != null) {
      lines.add("passthrough = \"%s\"".formatted(passthrough.value() ? "enabled" : "disabled"));
    }
    Stated<Integer> hole = guest.mmioHoleMib();
    if (hole != null) {
      lines.add("mmio_hole = " + hole.value());
    }
    Stated<Long> limit = guest.machine().maxRamBelow4gBytes();
    if (limit != null) {
      lines.add(
          "device_model_args_hvm = [ \"-machine\", \"max-ram-below-4g=%d\" ]"
              .formatted(limit.value()));
    }
  }

  private void reserved() {
    RdmWishes rdm = guest.rdm();
    List<String> words = new ArrayList<>();
    if (rdm.strategy().value() == Guest.RdmStrategy.HOST) {
      words.add("strategy=host");
    } else if (!rdm.strategy().isDefault()) {
      words.add("strategy=ignore");
    }
    if (!rdm.policy().isDefault()) {
      words.add("policy=" + rdm.policy().value().word());
    }
    if (!words.isEmpty()) {
      lines.add("rdm = \"%s\"".formatted(String.join(",", words)));
    }
    if (!rdm.boundaryMib().isDefault()) {
      lines.add("rdm_mem_boundary = " + rdm.boundaryMib().value());
    }
  }

  private void devices() {
    if (guest.devices().isEmpty()) {
      return;
    }
    lines.add("pci = [");
    for (PciAssignment device : guest.devices()) {
      RdmPolicies policies = device.policies();
      lines.add(
          "  \"%s%s\","
              .formatted(
                  device.spelling(),
                  policies == null ? "" : ",rdm_policy=" + policies.flag().word()));
    }
    lines.add("]");
  }

  /* libxlu loses characters that are written as numbers, so only those with a letter can be. */
  private static String quoted(String text, Origin origin) throws UnusableInput {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int known = ESCAPED.indexOf(c);
      if (known >= 0) {
        quoted.append('\\').append(LETTERS.charAt(known));
      } else if (Character.isISOControl(c)) {
        throw Refusal.of(origin, "xl.cfg cannot hold the character U+%04X".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
