/**
 * The parts of the exact engine: a compiled problem, its closed forms, and the search behind them.
 */
@NullMarked
package org.gfnplan.solver.search.exact;

import org.jspecify.annotations.NullMarked;
