package org.gfnplan.cli.planning;

import java.util.List;
import org.gfnplan.solver.choco.ChocoBackend;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.ortools.CpSatBackend;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.ExactEngine;
import org.gfnplan.solver.search.Portfolio;

/** Which engine a user asks for. */
public enum EngineChoice {
  /** The exact engine, then the others where it gives up. */
  AUTO("auto"),
  /** The exact engine alone. */
  EXACT("exact"),
  /** CP-SAT alone. */
  CP_SAT("cp-sat"),
  /** Choco alone. */
  CHOCO("choco");

  private final String word;

  EngineChoice(String word) {
    this.word = word;
  }

  /** A solver that asks this engine; another one confirms what has no short argument. */
  public Solver solver() {
    Backend exact = new ExactEngine();
    Backend choco = new LazyBackend("choco", ChocoBackend::new);
    return switch (this) {
      case AUTO ->
          new Solver(
              new Portfolio(
                  exact, List.of(() -> choco, () -> new LazyBackend("cp-sat", CpSatBackend::new))),
              choco);
      case EXACT -> new Solver(exact, choco);
      case CP_SAT -> new Solver(new CpSatBackend(), exact);
      case CHOCO -> new Solver(choco, exact);
    };
  }

  /** The word on the command line. */
  @Override
  public String toString() {
    return word;
  }
}
