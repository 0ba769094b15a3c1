package org.gfnplan.models.guest;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A host device given to the guest.
 *
 * @param address the function; function 0 when all functions are meant
 * @param allFunctions whether the configuration said {@code *} for the function
 * @param policies what the configuration says about its reserved device memory, or null
 * @param bars its base address registers where the configuration states them; they count instead of
 *     what the host's sources say
 * @param resized sizes that resizable registers are set to
 * @param port the root port it hangs from, or null
 * @param origin the line that assigns it
 */
public record PciAssignment(
    PciAddress address,
    boolean allFunctions,
    @Nullable RdmPolicies policies,
    List<Bar> bars,
    List<ResizedBar> resized,
    @Nullable Stated<String> port,
    Origin origin) {
  /**
   * The size a resizable register is set to.
   *
   * @param index the register, 0 to 5
   * @param bytes its size
   * @param origin what states it
   */
  public record ResizedBar(int index, long bytes, Origin origin) {}

  public PciAssignment {
    bars = List.copyOf(bars);
    resized = List.copyOf(resized);
  }

  /** A device of which nothing is said but a policy, or not even that. */
  public static PciAssignment of(
      PciAddress address, boolean allFunctions, @Nullable RdmPolicies policies, Origin origin) {
    return new PciAssignment(address, allFunctions, policies, List.of(), List.of(), null, origin);
  }

  /** The same with another policy. */
  public PciAssignment with(RdmPolicies others) {
    return new PciAssignment(address, allFunctions, others, bars, resized, port, origin);
  }

  /** The same with other sizes of resizable registers. */
  public PciAssignment withResized(List<ResizedBar> others) {
    return new PciAssignment(address, allFunctions, policies, bars, others, port, origin);
  }

  /** The functions that it may mean: {@code *} is all eight of a device. */
  public List<PciAddress> functions() {
    if (!allFunctions) {
      return List.of(address);
    }
    List<PciAddress> all = new ArrayList<>();
    for (int function = 0; function < 8; function++) {
      all.add(new PciAddress(address.segment(), address.bus(), address.device(), function));
    }
    return all;
  }

  /** Whether it may mean this function. */
  public boolean means(PciAddress function) {
    return functions().contains(function);
  }

  /**
   * How configurations name it: {@code 0000:00:1d.0}, or {@code 0000:00:1d.*} for all functions.
   */
  public String spelling() {
    String full = address.toString();
    return allFunctions ? full.substring(0, full.length() - 1) + "*" : full;
  }
}
