package org.gfnplan.models.host;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.gfnplan.solver.problem.Origin;

/**
 * Persistent memory of the host that has a name: where its bytes are in host physical addresses.
 *
 * <p>Extents are in the order of the contents, do not overlap, and hold at least {@code bytes}: a
 * namespace keeps data of its own in them, a file may have more blocks than it fills.
 *
 * @param kind what it is
 * @param name unique among those of its kind
 * @param bytes how much of it can be used
 * @param extents where it is, at least one
 * @param origin where the host says so
 */
public record HostPmem(Kind kind, String name, long bytes, List<ByteRange> extents, Origin origin) {
  /** What persistent memory is, from large to small: a file lies in a namespace in a region. */
  public enum Kind {
    /** A range that firmware or the kernel found. */
    REGION,
    /** A part of regions that was made with {@code ndctl}. */
    NAMESPACE,
    /** A file of a file system that gives access to the memory itself (DAX). */
    FILE;

    /** The word of host documents: {@code region}, {@code namespace}, {@code file}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Orders by kind, then by first extent, then by name. */
  static final Comparator<HostPmem> BY_ADDRESS =
      Comparator.comparing(HostPmem::kind)
          .thenComparing(pmem -> pmem.extents.get(0))
          .thenComparing(HostPmem::name);

  public HostPmem {
    extents = List.copyOf(extents);
    if (extents.isEmpty() || bytes <= 0 || bytes > ByteRange.sum(extents)) {
      throw new IllegalArgumentException(
          "persistent memory must lie in its extents: name=%s bytes=0x%x extents=%s"
              .formatted(name, bytes, extents));
    }
  }

  /** All of some extents. */
  public HostPmem(Kind kind, String name, List<ByteRange> extents, Origin origin) {
    this(kind, name, ByteRange.sum(extents), extents, origin);
  }

  /** {@code namespace `namespace0.0`}. */
  public String label() {
    return "%s `%s`".formatted(kind.word(), name);
  }
}
