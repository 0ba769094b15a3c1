package org.gfnplan.models.guest;

import java.util.List;
import org.gfnplan.models.pci.Bar;
import org.gfnplan.solver.problem.Origin;

/**
 * A function that the device model makes.
 *
 * @param name what to call it
 * @param bars its base address registers
 * @param origin what states it
 */
public record EmulatedFunction(String name, List<Bar> bars, Origin origin) {
  public EmulatedFunction {
    bars = List.copyOf(bars);
  }
}
