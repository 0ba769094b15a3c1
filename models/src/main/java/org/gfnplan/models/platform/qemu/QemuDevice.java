package org.gfnplan.models.platform.qemu;

/**
 * A memory device on QEMU's command line, with its backend.
 *
 * @param kind what the guest sees
 * @param id its name; its backend is named {@code m-ID}, unless {@code memdev} says otherwise
 * @param memdev the name of its backend
 * @param size bytes of the backend
 * @param file whether the backend is a file, which needs no 2 MiB alignment
 * @param align the alignment asked of a file backend, 0 for none
 * @param labelSize bytes at the end of an NVDIMM kept for labels, 0 for none
 * @param address where it must lie, 0 for anywhere (as QEMU has it)
 * @param slot the slot it must take, {@link #ANY_SLOT} for any
 */
public record QemuDevice(
    Kind kind,
    String id,
    String memdev,
    long size,
    boolean file,
    long align,
    long labelSize,
    long address,
    int slot) {
  /** The slot of a device that has none yet. */
  public static final int ANY_SLOT = -1;

  /** MIN_NAMESPACE_LABEL_SIZE (nvdimm.h). */
  public static final long LEAST_LABEL = 128L << 10;

  /** QEMU_VMALLOC_ALIGN (oslib-posix.c): the alignment of a RAM backend. */
  public static final long RAM_ALIGN = 2L << 20;

  /** A page, the least alignment of a file backend. */
  public static final long PAGE = 4096;

  /** What the guest sees. */
  public enum Kind {
    /** Plain RAM in a slot. */
    DIMM("pc-dimm"),
    /** Persistent memory in a slot. */
    NVDIMM("nvdimm"),
    /** Persistent memory on PCI, without a slot. */
    VIRTIO_PMEM("virtio-pmem-pci");

    private final String driver;

    Kind(String driver) {
      this.driver = driver;
    }

    /** QEMU's name of it. */
    String driver() {
      return driver;
    }

    /** Whether it is a function on a PCI bus. */
    boolean isPci() {
      return this == VIRTIO_PMEM;
    }
  }

  public QemuDevice {
    if (size <= 0 || size > QemuConfig.MOST_BYTES || align < 0 || align > QemuConfig.MOST_BYTES) {
      throw new IllegalArgumentException(
          "device must have 0 < size and 0 <= align, both at most 2^56: size=%d align=%d"
              .formatted(size, align));
    }
    if (address < 0 || address > QemuConfig.MOST_BYTES || labelSize < 0 || slot < ANY_SLOT) {
      throw new IllegalArgumentException(
          "device must have 0 <= address <= 2^56, 0 <= labelSize, -1 <= slot: address=%d"
                  .formatted(address)
              + " labelSize=%d slot=%d".formatted(labelSize, slot));
    }
  }

  /** A device on a RAM backend that may lie anywhere. */
  public static QemuDevice ram(Kind kind, String id, long size) {
    return new QemuDevice(kind, id, "m-" + id, size, false, 0, 0, 0, ANY_SLOT);
  }

  /** The step QEMU's backend is aligned to. */
  public long alignment() {
    return file ? Math.max(PAGE, align) : RAM_ALIGN;
  }

  /** Bytes the guest sees; 0 when an NVDIMM's label leaves nothing. */
  public long guestSize() {
    if (kind != Kind.NVDIMM) {
      return size;
    }
    return size <= labelSize ? 0 : ByteRange.roundDown(size - labelSize, alignment());
  }

  /** Whether it takes a slot. */
  public boolean hasSlot() {
    return kind != Kind.VIRTIO_PMEM;
  }

  /** The value of the {@code -device} option that asks for it. */
  public String argument() {
    return "%s,id=%s,memdev=%s".formatted(kind.driver, id, memdev)
        + (labelSize == 0 ? "" : ",label-size=" + labelSize)
        + (address == 0 ? "" : ",addr=" + address)
        + (slot == ANY_SLOT ? "" : ",slot=" + slot);
  }
}
