/** Those who look for layouts: one interface, our exact engine, and the order they are asked in. */
@NullMarked
package org.gfnplan.solver.search;

import org.jspecify.annotations.NullMarked;
