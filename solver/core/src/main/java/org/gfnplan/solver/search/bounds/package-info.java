/** What follows for every layout from the rules alone, without trying anything. */
@NullMarked
package org.gfnplan.solver.search.bounds;

import org.jspecify.annotations.NullMarked;
