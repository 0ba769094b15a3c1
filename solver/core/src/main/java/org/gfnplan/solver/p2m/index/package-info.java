/** Which ranges meet a run of gfns: an index that is built once and asked millions of times. */
@NullMarked
package org.gfnplan.solver.p2m.index;

import org.jspecify.annotations.NullMarked;
