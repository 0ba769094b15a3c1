/** Judges of every answer. They see the problem and the answer only, and share no search code. */
@NullMarked
package org.gfnplan.solver.check;

import org.jspecify.annotations.NullMarked;
