package org.gfnplan.models.input;

import org.gfnplan.solver.problem.Origin;

/**
 * A value and who said it.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param origin the words it was read from, or the source of the default
 * @param isDefault whether no input said it
 */
public record Stated<T>(T value, Origin origin, boolean isDefault) {
  /** A value that an input states. */
  public static <T> Stated<T> by(T value, Origin origin) {
    return new Stated<>(value, origin, false);
  }

  /** A value that holds because no input states another. */
  public static <T> Stated<T> byDefault(T value, Origin origin) {
    return new Stated<>(value, origin, true);
  }
}
