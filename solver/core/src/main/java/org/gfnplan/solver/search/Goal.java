package org.gfnplan.solver.search;

/** How good a layout has to be. */
public enum Goal {
  /** Any layout will do; preferences and preferred statements are not looked at. */
  ANY,
  /** The costs of the problem are as small as they can be, one after another. */
  BEST,
  /** As {@link #BEST}, and of those the one with the lowest addresses in region order. */
  CANONICAL
}
