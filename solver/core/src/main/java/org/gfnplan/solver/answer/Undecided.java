package org.gfnplan.solver.answer;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Nobody knows: a budget ran out, a backend cannot represent the problem, or two engines do not
 * agree. Never printed as a conflict.
 *
 * @param reason which budget ran out and what had been tried, one line
 * @param best the best layout met so far, or null
 */
public record Undecided(String reason, @Nullable Layout best) implements Answer {
  @Override
  public <T> T fold(
      Function<Layout, T> found, Function<Conflict, T> none, Function<Undecided, T> unknown) {
    return unknown.apply(this);
  }
}
