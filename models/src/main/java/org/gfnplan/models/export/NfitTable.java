package org.gfnplan.models.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The NFIT table of a guest, as QEMU makes it: where its persistent memory is. */
public final class NfitTable {
  /*
   * Each window has three structures (ACPI specification, NVDIMM Firmware Interface Table): its
   * address range, the map from the range to a device, and the control region of the device. How
   * they are numbered and what the device says of itself is QEMU's (hw/acpi/nvdimm.c): index 2 *
   * (slot + 1) for the range, one more for the control region, handle slot + 1.
   *
   * QEMU writes windows in the order of a hash of their names. Here they keep the order given.
   */
  private static final int HEADER_BYTES = 40;
  private static final int RANGE_BYTES = 56;
  private static final int MAP_BYTES = 48;
  private static final int CONTROL_BYTES = 80;
  private static final int CAPABILITIES_BYTES = 16;
  private static final int CHECKSUM_OFFSET = 9;

  /** Control region for management during hot add; the proximity domain is valid. */
  private static final int RANGE_FLAGS = 3;

  /** Write-back cached, persistent (EFI_MEMORY_WB, EFI_MEMORY_NV). */
  private static final long RANGE_ATTRIBUTES = 0x8008;

  /** Persistent memory, 66f0d379-b4f3-4074-ac43-0d3318b78cdb: three numbers, then bytes. */
  private static final long GUID_START = 0x4074_b4f3_66f0_d379L;

  private static final long GUID_END = 0xdb8c_b718_330d_43acL;
  private static final int UNARMED = 8;
  private static final int INTEL = 0x8086;
  private static final int FIRST_SERIAL = 0x12_3456;

  /** Byte addressable, without block windows (NFIT format interface code). */
  private static final int FORMAT = 0x0301;

  private final List<NfitWindow> windows;
  private final Persistence persistence;

  private NfitTable(List<NfitWindow> windows, Persistence persistence) {
    this.windows = windows;
    this.persistence = persistence;
  }

  /** What keeps written data when the power fails ({@code nvdimm-persistence}). */
  public enum Persistence {
    /** Not said. */
    UNSAID(0),
    /** The memory controller's queues are flushed. */
    MEMORY_CONTROLLER(2),
    /** The processor's caches are flushed too. */
    CPU(3);

    private final int bits;

    Persistence(int bits) {
      this.bits = bits;
    }
  }

  /**
   * The table's bytes.
   *
   * @param windows at least one, each with a slot of its own
   */
  public static byte[] of(List<NfitWindow> windows, Persistence persistence) {
    Set<Integer> slots = new HashSet<>();
    for (NfitWindow window : windows) {
      if (!slots.add(window.slot())) {
        throw new IllegalArgumentException("windows must not share a slot: slot=" + window.slot());
      }
    }
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("a table must have a window: windows=0");
    }
    return new NfitTable(List.copyOf(windows), persistence).bytes();
  }

  private byte[] bytes() {
    int size =
        HEADER_BYTES
            + windows.size() * (RANGE_BYTES + MAP_BYTES + CONTROL_BYTES)
            + (persistence == Persistence.UNSAID ? 0 : CAPABILITIES_BYTES);
    ByteBuffer table = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    header(table, size);
    for (NfitWindow window : windows) {
      range(table, window);
      map(table, window);
      control(table, window);
    }
    if (persistence != Persistence.UNSAID) {
      start(table, 7, CAPABILITIES_BYTES).put((byte) 1).put(new byte[3]);
      table.putInt(persistence.bits).putInt(0);
    }
    byte[] bytes = table.array();
    int sum = 0;
    for (byte one : bytes) {
      sum += one;
    }
    bytes[CHECKSUM_OFFSET] = (byte) -sum;
    return bytes;
  }

  /* QEMU's names of itself in every table (include/hw/acpi/aml-build.h). */
  private static void header(ByteBuffer table, int size) {
    table.put(ascii("NFIT")).putInt(size).put((byte) 1).put((byte) 0);
    table.put(ascii("BOCHS ")).put(ascii("BXPC    ")).putInt(1).put(ascii("BXPC")).putInt(1);
    table.putInt(0);
  }

  private static void range(ByteBuffer table, NfitWindow window) {
    start(table, 0, RANGE_BYTES).putShort(rangeIndex(window)).putShort((short) RANGE_FLAGS);
    table.putInt(0).putInt(window.node()).putLong(GUID_START).putLong(GUID_END);
    table.putLong(window.startByte()).putLong(window.bytes()).putLong(RANGE_ATTRIBUTES);
  }

  private static void map(ByteBuffer table, NfitWindow window) {
    start(table, 1, MAP_BYTES).putInt(window.slot() + 1).putShort((short) 0).putShort((short) 0);
    table.putShort(rangeIndex(window)).putShort(controlIndex(window));
    table.putLong(window.bytes()).putLong(0).putLong(0);
    table.putShort((short) 0).putShort((short) 1);
    table.putShort((short) (window.unarmed() ? UNARMED : 0)).putShort((short) 0);
  }

  private static void control(ByteBuffer table, NfitWindow window) {
    start(table, 4, CONTROL_BYTES).putShort(controlIndex(window)).putShort((short) INTEL);
    table.putShort((short) 1).putShort((short) 1).put(new byte[12]);
    table
        .putInt(FIRST_SERIAL + window.slot())
        .putShort((short) FORMAT)
        .put(new byte[CONTROL_BYTES - 30]);
  }

  private static ByteBuffer start(ByteBuffer table, int type, int length) {
    return table.putShort((short) type).putShort((short) length);
  }

  private static short rangeIndex(NfitWindow window) {
    return (short) (2 * (window.slot() + 1));
  }

  private static short controlIndex(NfitWindow window) {
    return (short) (rangeIndex(window) + 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
