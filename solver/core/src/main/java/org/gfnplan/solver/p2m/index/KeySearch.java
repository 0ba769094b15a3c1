package org.gfnplan.solver.p2m.index;

import java.lang.reflect.Constructor;

/** Makes sorted keys that are searched in one way. */
interface KeySearch {
  /** What every machine can do. */
  KeySearch SCALAR = SortedKeys::new;

  /** Keys as {@link SortedKeys} describes them. */
  SortedKeys keys(long[] keys, int size, boolean many);

  /** Whether this machine gains by it. */
  default boolean isFast() {
    return true;
  }

  /**
   * The search with vectors, where the jar {@code gfnplan-solver-vector}, the module {@code
   * jdk.incubator.vector} and a processor with vectors of 512 bits are there; else the scalar one.
   */
  static KeySearch best() {
    return Found.BEST;
  }

  /** Looked for when the first index is built. */
  final class Found {
    private static final KeySearch BEST = find();

    private Found() {}

    private static KeySearch find() {
      try {
        Constructor<? extends KeySearch> vectors =
            Class.forName("org.gfnplan.solver.p2m.index.VectorSearch")
                .asSubclass(KeySearch.class)
                .getDeclaredConstructor();
        KeySearch found = vectors.newInstance();
        return found.isFast() ? found : SCALAR;
      } catch (ReflectiveOperationException | LinkageError e) {
        // The jar or the module is not there, which is how most run.
        return SCALAR;
      }
    }
  }
}
