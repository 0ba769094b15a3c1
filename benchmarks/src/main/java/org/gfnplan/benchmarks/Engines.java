package org.gfnplan.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.solver.choco.ChocoBackend;
import org.gfnplan.solver.ortools.CpSatBackend;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.ExactEngine;

/** The engines that are compared. */
final class Engines {
  private Engines() {}

  /** All of them, the default engine first. */
  static List<Backend> all() {
    return List.of(new ExactEngine(), new CpSatBackend(), new ChocoBackend());
  }

  /** Those with these names, separated by commas, in that order. */
  static List<Backend> named(String names) {
    List<Backend> found = new ArrayList<>();
    for (String name : names.split(",")) {
      found.add(
          all().stream()
              .filter(backend -> backend.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "engine must be one of exact, cp-sat, choco: engine=" + name)));
    }
    return found;
  }
}
