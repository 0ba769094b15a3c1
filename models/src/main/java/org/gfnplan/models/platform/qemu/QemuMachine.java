package org.gfnplan.models.platform.qemu;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine type of a QEMU and what its version does differently about memory.
 *
 * @param qemu the QEMU that has it
 * @param name the name as QEMU prints it, an alias resolved: {@code pc-i440fx-7.2}
 * @param board the chipset that splits RAM
 * @param quirks what this version keeps from older QEMU
 */
public record QemuMachine(QemuVersion qemu, String name, Board board, Set<Quirk> quirks) {
  /** Where high RAM starts, unless AMD's hole moves it. */
  public static final long FOUR_GIB = 1L << 32;

  /** Low RAM of {@code pc} ends here at the latest when nothing is asked (pc_piix.c). */
  public static final long PC_LOW_RAM = 0xe000_0000L;

  /** Low RAM of {@code pc} ends here at the latest once some RAM is high (pc_piix.c). */
  public static final long PC_LOW_RAM_LARGE = 0xc000_0000L;

  /** Low RAM of {@code q35} never ends above this (pc_q35.c). */
  public static final long Q35_LOW_RAM = 0xb000_0000L;

  /** Low RAM of {@code q35} ends here at the latest once RAM reaches {@link #Q35_LOW_RAM}. */
  public static final long Q35_LOW_RAM_LARGE = 0x8000_0000L;

  /** Low RAM of {@code microvm} ends here at the latest (microvm.c). */
  public static final long MICROVM_LOW_RAM = 0xc000_0000L;

  /** HVM_BELOW_4G_RAM_END: low RAM under Xen never ends above this (xen-hvm.c). */
  public static final long XEN_LOW_RAM = 0xf000_0000L;

  /** The 32-bit PCI hole ends where the IOAPIC starts; low RAM must end before it (i440fx.c). */
  public static final long PCI_HOLE_END = 0xfec0_0000L;

  /** Where AMD's HyperTransport range starts (pc.c, AMD_HT_START). */
  public static final long AMD_HOLE_START = 0xfd_0000_0000L;

  /** Where that range ends, and where high RAM is moved to (pc.c, AMD_ABOVE_1TB_START). */
  public static final long AMD_HOLE_END = 1L << 40;

  private static final Pattern I440FX = Pattern.compile("pc-i440fx-(\\d{1,2})\\.(\\d{1,2})");
  private static final Pattern Q35 = Pattern.compile("pc-q35-(\\d{1,2})\\.(\\d{1,2})(\\.1)?");

  /** The last minor version of each major one, from 0. */
  private static final int[] LAST_MINOR = {-1, 7, 12, 1, 2, 2, 2, 2, 2, 2, 0};

  private static final int FIRST_I440FX = QemuVersion.number(1, 4);
  private static final int FIRST_Q35 = QemuVersion.number(2, 4);

  /** What splits RAM. */
  public enum Board {
    /** {@code pc}: i440FX and PIIX. */
    I440FX(2L << 30),
    /** {@code q35}: Q35 and ICH9. */
    Q35(32L << 30),
    /** {@code microvm}: no PCI hole and no memory devices. */
    MICROVM(0),
    /** {@code xenfv}: an i440FX whose RAM the toolstack makes. */
    XEN(2L << 30),
    /** {@code isapc}: no PCI. */
    ISA(0);

    private final long hole64Default;

    Board(long hole64Default) {
      this.hole64Default = hole64Default;
    }

    /** Bytes of the 64-bit PCI hole when nothing is asked; 0 without PCI. */
    public long hole64Default() {
      return hole64Default;
    }

    /** Whether the board has PCI holes. */
    public boolean hasPci() {
      return hole64Default != 0;
    }
  }

  /** Something that machine versions up to a certain one keep from older QEMU. */
  public enum Quirk {
    /** Listed for removal, with a warning; up to which version, its QEMU says. */
    DEPRECATED(0, 0),
    /** Low RAM need not end on a GiB when some RAM is high. */
    NO_GIGABYTE_RULE(1, 7),
    /** {@code maxmem} and {@code slots} are refused. */
    NO_DEVICE_MEMORY(2, 0),
    /** Devices are placed by 4 KiB and no GiB per slot is kept for gaps. */
    DIMMS_BY_PAGE(2, 1),
    /** What firmware is told is reserved, and the 64-bit hole, forget the size of device memory. */
    RESERVED_END_AT_BASE(2, 4),
    /** Firmware files are ordered as of old, with a warning about those not known then. */
    LEGACY_FIRMWARE_FILES(2, 5),
    /** The ACPI tables describe vCPUs as QEMU did before they could be plugged one by one. */
    OLD_CPU_TABLES(2, 6),
    /** The ACPI tables have no SRAT unless there are NUMA nodes. */
    NO_SRAT(2, 10),
    /** The 64-bit hole is reported empty until firmware fills it. */
    HOLE64_UNREPORTED(2, 10),
    /** A backend's memory is named by its path among objects. */
    BACKENDS_BY_PATH(3, 1),
    /** On q35 the ACPI tables leave PCI hot-plug to PCI Express. */
    NO_ACPI_PCI_HOTPLUG(6, 0),
    /** High RAM runs through AMD's HyperTransport range. */
    AMD_HOLE_IGNORED(7, 0),
    /**
     * A vCPU without 64-bit mode may have memory it does not reach (broken_32bit_mem_addr_check).
     */
    NARROW_UNCHECKED(8, 1);

    private final int last;

    Quirk(int major, int minor) {
      last = QemuVersion.number(major, minor);
    }
  }

  public QemuMachine {
    EnumSet<Quirk> ordered = EnumSet.noneOf(Quirk.class);
    ordered.addAll(quirks);
    quirks = Collections.unmodifiableSet(ordered);
  }

  /** The machine of that name, which may be an alias; empty when that QEMU has none. */
  public static Optional<QemuMachine> named(String name, QemuVersion qemu) {
    return switch (name) {
      case "pc" -> versioned("pc-i440fx-" + qemu.word(), qemu);
      case "q35" -> versioned("pc-q35-" + qemu.word(), qemu);
      case "microvm" -> Optional.of(new QemuMachine(qemu, name, Board.MICROVM, Set.of()));
      case "xenfv", "xen-pc" -> Optional.of(new QemuMachine(qemu, name, Board.XEN, Set.of()));
      case "isapc" ->
          Optional.of(
              new QemuMachine(
                  qemu, name, Board.ISA, Set.of(Quirk.NO_GIGABYTE_RULE, Quirk.NO_DEVICE_MEMORY)));
      default -> versioned(name, qemu);
    };
  }

  /** The machine of that name of the QEMU that is meant when nobody says. */
  public static Optional<QemuMachine> named(String name) {
    return named(name, QemuVersion.DEFAULT);
  }

  private static Optional<QemuMachine> versioned(String name, QemuVersion qemu) {
    Matcher i440fx = I440FX.matcher(name);
    if (i440fx.matches()) {
      return versioned(name, qemu, Board.I440FX, i440fx, FIRST_I440FX);
    }
    Matcher q35 = Q35.matcher(name);
    if (q35.matches() && (q35.group(3) == null || name.equals("pc-q35-4.0.1"))) {
      return versioned(name, qemu, Board.Q35, q35, FIRST_Q35);
    }
    return Optional.empty();
  }

  private static Optional<QemuMachine> versioned(
      String name, QemuVersion qemu, Board board, Matcher match, int since) {
    int major = Integer.parseInt(match.group(1));
    int minor = Integer.parseInt(match.group(2));
    int asked = QemuVersion.number(major, minor);
    boolean padded =
        (match.group(1).length() == 2 && major < 10)
            || (match.group(2).length() == 2 && minor < 10);
    if (padded || !qemu.hasMachine(asked, since) || minor > LAST_MINOR[major]) {
      return Optional.empty();
    }
    EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    Arrays.stream(Quirk.values()).filter(quirk -> asked <= quirk.last).forEach(quirks::add);
    if (qemu.deprecates(asked)) {
      quirks.add(Quirk.DEPRECATED);
    }
    return Optional.of(new QemuMachine(qemu, name, board, quirks));
  }

  /** Whether this version has the quirk. */
  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** Whether memory devices have a region of their own once {@code maxmem} exceeds RAM. */
  public boolean hasDeviceMemory() {
    return (board == Board.I440FX || board == Board.Q35) && !has(Quirk.NO_DEVICE_MEMORY);
  }

  /** Whether this version moves high RAM out of AMD's HyperTransport range. */
  public boolean avoidsAmdHole() {
    return board != Board.MICROVM && board != Board.XEN && !has(Quirk.AMD_HOLE_IGNORED);
  }

  /**
   * The address where low RAM ends at the latest: it ends at the smaller of this and {@code ram}.
   *
   * @param ram bytes of RAM
   * @param maxRamBelow4g what {@code max-ram-below-4g} asks for, 0 for nothing
   */
  public long lowRamCap(long ram, long maxRamBelow4g) {
    long limit = maxRamBelow4g == 0 ? FOUR_GIB : maxRamBelow4g;
    return switch (board) {
      case Q35 -> Math.min(limit, ram >= Q35_LOW_RAM ? Q35_LOW_RAM_LARGE : Q35_LOW_RAM);
      case MICROVM -> MICROVM_LOW_RAM;
      case XEN -> Math.min(limit, XEN_LOW_RAM);
      case I440FX, ISA -> pcLowRamCap(ram, maxRamBelow4g == 0 ? PC_LOW_RAM : maxRamBelow4g);
    };
  }

  private long pcLowRamCap(long ram, long asked) {
    boolean wholeGigabytes = !has(Quirk.NO_GIGABYTE_RULE) && ram >= asked;
    return wholeGigabytes ? Math.min(asked, PC_LOW_RAM_LARGE) : asked;
  }

  /** Bytes of RAM below 4 GiB, from 0; what remains is high RAM. */
  public long lowRamEnd(long ram, long maxRamBelow4g) {
    return Math.min(ram, lowRamCap(ram, maxRamBelow4g));
  }
}
