package org.gfnplan.models.platform.qemu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why QEMU does not start.
 *
 * @param reason what is wrong
 * @param text the line QEMU prints
 * @param values the numbers in that line, by name
 */
public record QemuRefusal(Reason reason, String text, Map<String, Long> values)
    implements QemuAnswer {
  public QemuRefusal {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** What may be wrong, in the order QEMU looks; its text has values of {@link #values()}. */
  public enum Reason {
    /** {@code max-ram-below-4g} exceeds 4 GiB. */
    LOW_RAM_LIMIT_OVER_4_GIB(
        "Machine option 'max-ram-below-4g=%d' expects size less than or equal to 4G", "asked"),
    /** The machine has no such option. */
    NO_SUCH_OPTION("Property '%s-machine.%s' not found"),
    /** {@code maxmem} is less than RAM. */
    MAXMEM_UNDER_RAM(
        "invalid value of maxmem: maximum memory size (0x%x) must be at least the initial memory"
            + " size (0x%x)",
        "maxMemory", "ram"),
    /** Slots, but {@code maxmem} leaves nothing for them. */
    MAXMEM_IS_RAM(
        "invalid value of maxmem: memory slots were specified but maximum memory size (0x%x) is"
            + " equal to the initial memory size (0x%x)",
        "maxMemory", "ram"),
    /** Slots without {@code maxmem}. */
    SLOTS_WITHOUT_MAXMEM("slots specified but no max-size"),
    /** A file backend under Xen. */
    FILE_UNDER_XEN("-mem-path not supported with Xen"),
    /** A file is not made of pages. */
    FILE_NOT_PAGES("backing store size 0x%x does not match 'size' option 0x%x", "size", "needed"),
    /** The same, as later versions say it. */
    FILE_TOO_SMALL(
        "%s backing store size 0x%x is too small for 'size' option 0x%x plus 'offset' option 0x0",
        "size", "needed"),
    /** A file's alignment is not made of pages. */
    ALIGNMENT_NOT_PAGES("alignment 0x%x must be multiples of page size 0x%x", "align", "page"),
    /** A file's alignment is no power of two. */
    ALIGNMENT_NOT_POWER_OF_TWO("alignment 0x%x must be a power of two", "align"),
    /** {@code phys-bits} for a vCPU without 64-bit mode. */
    BITS_OF_32_BIT_CPU("phys-bits is not user-configurable in 32 bit"),
    /** {@code phys-bits} out of 32..52. */
    BITS_OUT_OF_RANGE(
        "phys-bits should be between %d and %d  (but is %d)", "least", "most", "bits"),
    /** The end of the 64-bit hole needs more address bits than the vCPU has. */
    ADDRESS_WIDTH("Address space limit 0x%x < 0x%x phys-bits too low (%d)", "limit", "top", "bits"),
    /** {@code maxmem} or {@code slots} on a machine without memory devices. */
    NO_DEVICE_MEMORY("\"-memory 'slots|maxmem'\" is not supported by: %s"),
    /** More than 256 slots. */
    TOO_MANY_SLOTS("unsupported amount of memory slots: %d", "slots"),
    /** {@code maxmem} is not made of pages. */
    MAXMEM_NOT_PAGES("maximum memory size must by aligned to multiple of %d bytes", "page"),
    /** Low RAM ends where the IOAPIC starts: the PCI hole is empty. */
    LOW_RAM_AT_IOAPIC(
        "./include/qemu/range.h:%d: range_set_bounds: Assertion `!range_is_empty(range)' failed."),
    /** Low RAM ends behind the start of the IOAPIC. */
    LOW_RAM_OVER_IOAPIC(
        "./include/qemu/range.h:%d: range_invariant: Assertion `range->lob <= range->upb ||"
            + " range->lob == range->upb + 1' failed."),
    /** NVDIMMs or memory devices under Xen: QEMU dies. */
    DEVICES_UNDER_XEN("killed by signal 11"),
    /** A PCI device on a machine without PCI. */
    NO_PCI_BUS("No 'PCI' bus found for device '%s'"),
    /** An NVDIMM's label area is too small. */
    LABEL_TOO_SMALL(
        "Property 'nvdimm.label-size' (0x%x) is required at least 0x%x", "labelSize", "least"),
    /** An NVDIMM, but no {@code nvdimm=on}. */
    NVDIMM_OFF("nvdimm is not enabled: missing 'nvdimm' in '-M'"),
    /** The slot does not exist. */
    NO_SUCH_SLOT("invalid slot number %d, valid range is [0-%s]", "slot"),
    /** There are no slots at all. */
    NO_SLOTS("no slots where allocated, please specify the 'slots' option"),
    /** The slot is taken. */
    SLOT_BUSY("slot %d is busy", "slot"),
    /** Every slot is taken. */
    NO_FREE_SLOT("no free slots available"),
    /** Nothing of an NVDIMM is left beside its label. */
    BACKEND_TOO_SMALL(
        "the size of memdev %s (0x%x) is too small to contain nvdimm label (0x%x) and aligned PMEM"
            + " (0x%x)",
        "size", "labelSize", "align"),
    /** There is no room for memory devices at all: no {@code maxmem}, or none above RAM. */
    DEVICES_NOT_ENABLED(
        "memory devices (e.g. for memory hotplug) are not enabled, please specify the maxmem"
            + " option"),
    /** The same, as later versions say it. */
    DEVICES_UNPREPARED(
        "the configuration is not prepared for memory devices (e.g., for memory hotplug), consider"
            + " specifying the maxmem option"),
    /** Devices would exceed {@code maxmem}. */
    OVER_BUDGET(
        "not enough space, currently 0x%x in use of total space for memory devices 0x%x",
        "used", "total"),
    /** The address asked for is not aligned. */
    ADDRESS_UNALIGNED("address must be aligned to 0x%x bytes", "align"),
    /** A DIMM's size is not aligned. */
    SIZE_UNALIGNED("backend memory size must be multiple of 0x%x", "align"),
    /** The address asked for is outside of the region. */
    OUT_OF_REGION(
        "can't add memory device [0x%x:0x%x], usable range for memory devices [0x%x:0x%x]",
        "address", "size", "regionStart", "regionSize"),
    /** The address asked for is taken. */
    ADDRESS_TAKEN("address range conflicts with memory device id='%s'"),
    /** No gap is left that is large enough. */
    FRAGMENTED(
        "could not find position in guest address space for memory device - memory fragmented due"
            + " to alignments");

    private final String format;

    /** Names of the numbers in the text, separated by spaces: an enum holds no list. */
    private final String names;

    Reason(String format, String... names) {
      this.format = format;
      this.names = String.join(" ", names);
    }

    /** Whether QEMU dies of it instead of saying so. */
    public boolean isCrash() {
      return this == LOW_RAM_AT_IOAPIC || this == LOW_RAM_OVER_IOAPIC || this == DEVICES_UNDER_XEN;
    }
  }

  /** QEMU's exit code, or the negated signal it dies of. */
  public int exit() {
    if (reason == Reason.DEVICES_UNDER_XEN) {
      return -11;
    }
    return reason.isCrash() ? -6 : 1;
  }

  static QemuRefusal of(Reason reason, Object... values) {
    List<Long> numbers = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Number number) {
        numbers.add(number.longValue());
      }
    }
    Map<String, Long> named = new LinkedHashMap<>();
    String[] names = reason.names.isEmpty() ? new String[0] : reason.names.split(" ", -1);
    for (int i = 0; i < names.length; i++) {
      named.put(names[i], numbers.get(i));
    }
    return new QemuRefusal(reason, reason.format.formatted(values), named);
  }

  /** The same, said about a device. */
  QemuRefusal about(QemuDevice device) {
    return new QemuRefusal(reason, "-device %s: %s".formatted(device.argument(), text), values);
  }
}
