package org.gfnplan.benchmarks.index;

/** The generator of Steele, Lea and Flood ("Fast Splittable Pseudorandom Number Generators"). */
final class SplitMix64 {
  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9E37_79B9_7F4A_7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Some number of 0 to {@code bound - 1}. */
  long below(long bound) {
    return (next() >>> 1) % bound;
  }
}
