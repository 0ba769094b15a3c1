/** What is asked, and who asked for it: regions to place, rules they must respect, preferences. */
@NullMarked
package org.gfnplan.solver.problem;

import org.jspecify.annotations.NullMarked;
