package org.gfnplan.solver.testing;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gfnplan.solver.search.Backend;

class ExhaustiveBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new ExhaustiveBackend();
  }

  @Override
  protected double decidedShare() {
    return 1;
  }

  @Override
  protected Set<String> mayGiveUpOn() {
    return Stream.of(
            "a region as large as the space",
            "one frame beside a region as large as the space",
            "a region stretched to all but one frame",
            "two halves of the space",
            "the smallest container of two halves of the space",
            "two regions inside of each other",
            "a grid that is no power of two, above 32 bits",
            "a chain of equal edges",
            "following the end of the space",
            "a total above what there is",
            "a wish half the space away")
        .collect(Collectors.toSet());
  }
}
