/** The vocabulary of an address space: frame numbers, ranges and sets of them, alignments. */
@NullMarked
package org.gfnplan.solver.space;

import org.jspecify.annotations.NullMarked;
