package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;

/** Turns the two addresses that a table or a log gives for an RMRR into reserved device memory. */
public final class RmrrCheck {
  private static final int MOST_BITS = 52;

  private RmrrCheck() {}

  /**
   * Why the bytes from {@code base} to {@code last}, both included and both unsigned, are no RMRR;
   * empty when they are one. A single byte is one: firmware has such placeholders.
   *
   * @param width physical address bits of the host
   */
  public static List<String> complaints(long base, long last, int width) {
    if (Long.compareUnsigned(last, base) < 0) {
      return List.of("RMRR end 0x%x is before its base 0x%x".formatted(last, base));
    }
    List<String> complaints = new ArrayList<>();
    if (base % Gfn.BYTES != 0) {
      complaints.add("RMRR base 0x%x is not on a 4 KiB boundary".formatted(base));
    }
    if ((last + 1) % Gfn.BYTES != 0 && last != base) {
      complaints.add("RMRR end 0x%x is not the last byte of a 4 KiB page".formatted(last));
    }
    int bits = Math.min(width, MOST_BITS);
    if (last >>> bits != 0) {
      complaints.add("RMRR end 0x%x is beyond the host's %d address bits".formatted(last, bits));
    }
    return complaints;
  }

  /**
   * Adds the RMRR to {@code facts}, or a problem for each complaint about it.
   *
   * @param where appended to problems
   */
  public static void add(
      SourceFacts facts,
      long base,
      long last,
      List<DeviceScope> devices,
      int width,
      Origin origin,
      String where) {
    List<String> complaints = complaints(base, last, width);
    complaints.forEach(text -> facts.addProblem(new InputProblem(origin, text + where)));
    if (!complaints.isEmpty()) {
      return;
    }
    ReservedMemory memory = memory(base, last, devices, origin);
    if (base == last) {
      facts.addFinding(
          Severity.WARNING,
          "rmrr-one-byte",
          "RMRR at 0x%x is one byte long; a whole page is reserved for it".formatted(base),
          origin);
    }
    facts.addReserved(memory);
  }

  /* What is wrong with memory that nobody reserves is nobody's problem. */
  static void addUnused(SourceFacts facts, BootLog.Rmrr rmrr, int width) {
    if (complaints(rmrr.base(), rmrr.last(), width).isEmpty()) {
      facts.addUnused(memory(rmrr.base(), rmrr.last(), rmrr.devices(), rmrr.origin()));
    }
  }

  private static ReservedMemory memory(
      long base, long last, List<DeviceScope> devices, Origin origin) {
    long end = base == last ? base + Gfn.BYTES : last + 1;
    return new ReservedMemory(ReservedMemory.Kind.RMRR, base, end, devices, origin);
  }
}
