/** What backs each guest frame: a map of extents, and identity mappings within it. */
@NullMarked
package org.gfnplan.solver.p2m;

import org.jspecify.annotations.NullMarked;
