/** The command. */
@NullMarked
package org.gfnplan.cli;

import org.jspecify.annotations.NullMarked;
