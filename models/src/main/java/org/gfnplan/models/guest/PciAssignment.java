package org.gfnplan.models.guest;

import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A host device given to the guest.
 *
 * @param address the function; function 0 when all functions are meant
 * @param allFunctions whether the configuration said {@code *} for the function
 * @param policy what the configuration says about its reserved device memory, or null
 * @param origin the line that assigns it
 */
public record PciAssignment(
    PciAddress address, boolean allFunctions, @Nullable RdmPolicy policy, Origin origin) {
  /**
   * How configurations name it: {@code 0000:00:1d.0}, or {@code 0000:00:1d.*} for all functions.
   */
  public String spelling() {
    String full = address.toString();
    return allFunctions ? full.substring(0, full.length() - 1) + "*" : full;
  }
}
