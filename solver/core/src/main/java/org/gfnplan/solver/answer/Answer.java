package org.gfnplan.solver.answer;

import java.util.function.Function;

/** What can be said about a problem: exactly one of three, and each carries its own evidence. */
public sealed interface Answer permits Layout, Conflict, Undecided {
  /** Calls the one function that fits. */
  <T> T fold(Function<Layout, T> found, Function<Conflict, T> none, Function<Undecided, T> unknown);
}
