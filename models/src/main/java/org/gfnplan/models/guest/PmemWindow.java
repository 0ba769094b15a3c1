package org.gfnplan.models.guest;

import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A memory device of a guest: persistent memory, or a DIMM.
 *
 * @param name its identifier
 * @param kind what it is
 * @param bytes the size of what backs it
 * @param labelBytes its label area, taken from its end; 0 without one
 * @param alignmentBytes what its address is a multiple of, or null for the platform's default
 * @param startByte where it must start, or null to have a place found
 * @param slot its slot, or null for the first free one
 * @param backing the host's namespace or file behind it, or null when the configuration does not
 *     say
 * @param isFile whether a file backs it, rather than anonymous memory
 * @param origin what states it
 */
public record PmemWindow(
    String name,
    Kind kind,
    Stated<Long> bytes,
    long labelBytes,
    @Nullable Stated<Long> alignmentBytes,
    @Nullable Stated<Long> startByte,
    @Nullable Stated<Integer> slot,
    @Nullable Stated<String> backing,
    boolean isFile,
    Origin origin) {
  /** The same with another size and another backing. */
  public PmemWindow with(Stated<Long> size, @Nullable Stated<String> other) {
    return new PmemWindow(
        name, kind, size, labelBytes, alignmentBytes, startByte, slot, other, isFile, origin);
  }

  /** The same with another alignment and another stated address. */
  public PmemWindow placed(@Nullable Stated<Long> alignment, @Nullable Stated<Long> start) {
    return new PmemWindow(
        name, kind, bytes, labelBytes, alignment, start, slot, backing, isFile, origin);
  }

  /** What a memory device is. */
  public enum Kind {
    /** Persistent. */
    NVDIMM,
    /** Volatile. */
    DIMM
  }
}
