/** From a guest on a host to a plan: solve, check, replay, repair. */
@NullMarked
package org.gfnplan.cli.planning;

import org.jspecify.annotations.NullMarked;
