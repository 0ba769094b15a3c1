/**
 * What every backend is tested with: problem generators, an exhaustive oracle, laws, a shrinker.
 */
@NullMarked
package org.gfnplan.solver.testing;

import org.jspecify.annotations.NullMarked;
