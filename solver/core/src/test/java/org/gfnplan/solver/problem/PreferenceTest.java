package org.gfnplan.solver.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.gfnplan.solver.space.Alignment;
import org.gfnplan.solver.space.Gfn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {
  private static final Region REGION =
      new Region(
          "r",
          "any",
          Length.fixed(1),
          Alignment.NONE,
          Statement.required("T1", "there is a region", Origin.builtIn("test", "r")));

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, Gfn.LIMIT + 1, Long.MAX_VALUE})
  void aWishOutsideTheSpaceIsRefused(long gfn) {
    assertThrows(IllegalArgumentException.class, () -> new Preference.Wish(REGION.start(), gfn));
  }

  @Test
  void theEndOfTheSpaceCanBeWishedFor() {
    assertEquals(Gfn.LIMIT, new Preference.Wish(REGION.end(), Gfn.LIMIT).gfn());
  }
}
