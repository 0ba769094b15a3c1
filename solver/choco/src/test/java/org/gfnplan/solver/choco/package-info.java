/** Tests of the Choco backend: the contract, the traps of Choco, larger problems. */
@NullMarked
package org.gfnplan.solver.choco;

import org.jspecify.annotations.NullMarked;
