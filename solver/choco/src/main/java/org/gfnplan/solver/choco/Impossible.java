package org.gfnplan.solver.choco;

/** The required rules leave no room for something; found before or while the model is built. */
final class Impossible extends Exception {
  private static final long serialVersionUID = 1L;

  Impossible() {
    super("no room", null, false, false);
  }
}
