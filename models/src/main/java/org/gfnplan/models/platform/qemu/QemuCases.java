package org.gfnplan.models.platform.qemu;

import java.util.List;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.qemu.QemuLayout.Placed;
import org.gfnplan.models.platform.xen.XenLayout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * QEMU cases as JSON lines: a configuration, completed with the layout QEMU makes of it or the line
 * it refuses it with. Sizes and addresses are bytes, ranges half open.
 */
public final class QemuCases {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private QemuCases() {}

  /**
   * The configuration of one line.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static QemuConfig config(String line, QemuVersion qemu) {
    return new QemuCaseReader(given(line), qemu).config();
  }

  private static ObjectNode given(String line) {
    JsonNode tree;
    try {
      tree = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (!(tree.path("config") instanceof ObjectNode given)) {
      throw new IllegalArgumentException("a case must be a JSON object with a `config` object");
    }
    return given;
  }

  /** As {@link #complete(String, QemuVersion)}, for the QEMU that is meant when nobody says. */
  public static String complete(String line) {
    return complete(line, QemuVersion.DEFAULT);
  }

  /**
   * Completes one line: {@code config} is repeated as it is, everything else is answered anew.
   *
   * @throws IllegalArgumentException when the line is no such case; the message says why
   */
  public static String complete(String line, QemuVersion qemu) {
    ObjectNode given = given(line);
    QemuConfig config = new QemuCaseReader(given, qemu).config();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("config", given);
    answer.put("qemu", qemu.release());
    QemuAnswer made = QemuReplay.layout(config);
    if (made instanceof QemuRefusal refusal) {
      answer.put("ok", false);
      answer.putArray("error").add(refusal.text());
      answer.put("exit", refusal.exit());
    } else if (made instanceof QemuLayout layout) {
      answer.put("ok", true);
      put(answer, config, layout);
    }
    return JSON.writeValueAsString(answer);
  }

  private static void put(ObjectNode answer, QemuConfig config, QemuLayout layout) {
    boolean xen = config.machine().board() == QemuMachine.Board.XEN;
    putRam(answer.putArray("ram"), layout, xen);
    layout.pciHole().ifPresent(hole -> add(answer.putArray("pci_hole"), hole));
    if (config.machine().board().hasPci()) {
      answer.putArray("pci_hole64").add(layout.hole64Start()).add(layout.hole64End());
    }
    layout.deviceMemory().ifPresent(region -> add(answer.putArray("device_memory"), region));
    if (layout.reservedMemoryEnd() != 0) {
      answer.put("reserved_memory_end", layout.reservedMemoryEnd());
    }
    if (!layout.e820().isEmpty()) {
      ArrayNode map = answer.putArray("e820");
      for (E820Entry entry : layout.e820()) {
        map.addArray().add(entry.startByte()).add(entry.endByte()).add(entry.type());
      }
    }
    QemuLayout.Cmos cmos = layout.cmos();
    answer
        .putObject("cmos")
        .put("base_kib", cmos.baseKib())
        .put("ext_kib", cmos.extendedKib())
        .put("above16m_64k", cmos.above16MibBlocks())
        .put("above4g_64k", cmos.above4GibBlocks());
    answer.put("phys_bits", layout.physicalBits());
    putPlaced(answer, "pmem", layout.placed(), false);
    putPlaced(answer, "dimm", layout.placed(), true);
    if (xen) {
      ArrayNode own = answer.putArray("xen_makes_ram_at");
      layout.ownFrames().forEach(range -> add(own.addArray(), range));
    }
    if (!layout.warnings().isEmpty()) {
      ArrayNode warnings = answer.putArray("warnings");
      layout.warnings().forEach(warning -> warnings.add(warning.text()));
    }
  }

  private static void putRam(ArrayNode ram, QemuLayout layout, boolean xen) {
    if (xen) {
      ram.addArray().add(0).add(XenLayout.VGA_HOLE_START);
      ram.addArray().add(XenLayout.VGA_HOLE_END).add(layout.lowEnd());
    } else {
      ram.addArray().add(0).add(layout.lowEnd());
    }
    layout.high().ifPresent(high -> add(ram.addArray(), high));
  }

  private static void putPlaced(ObjectNode answer, String key, List<Placed> placed, boolean dimms) {
    List<Placed> shown =
        placed.stream()
            .filter(one -> (one.device().kind() == QemuDevice.Kind.DIMM) == dimms)
            .toList();
    if (shown.isEmpty()) {
      return;
    }
    ArrayNode list = answer.putArray(key);
    for (Placed one : shown) {
      ObjectNode entry = list.addObject();
      entry.put("id", one.device().id()).put("start", one.start()).put("end", one.end());
      if (one.device().hasSlot()) {
        entry.put("slot", one.slot());
      }
    }
  }

  private static void add(ArrayNode list, ByteRange range) {
    list.add(range.start()).add(range.end());
  }
}
