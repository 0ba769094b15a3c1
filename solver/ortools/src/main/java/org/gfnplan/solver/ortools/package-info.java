/** CP-SAT as a backend: the only code that sees com.google.ortools. */
@NullMarked
package org.gfnplan.solver.ortools;

import org.jspecify.annotations.NullMarked;
