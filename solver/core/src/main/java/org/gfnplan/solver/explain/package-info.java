/** The one door: a problem goes in, a checked layout or an explained conflict comes out. */
@NullMarked
package org.gfnplan.solver.explain;

import org.jspecify.annotations.NullMarked;
