/** The three ways a problem can end, each with its evidence. */
@NullMarked
package org.gfnplan.solver.answer;

import org.jspecify.annotations.NullMarked;
