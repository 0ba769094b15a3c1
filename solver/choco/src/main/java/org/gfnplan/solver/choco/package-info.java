/** Choco as a backend: the only code that sees org.chocosolver. */
@NullMarked
package org.gfnplan.solver.choco;

import org.jspecify.annotations.NullMarked;
