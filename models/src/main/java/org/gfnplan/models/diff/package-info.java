/** What differs between two layouts of a guest, and whether a running guest would mind. */
@NullMarked
package org.gfnplan.models.diff;

import org.jspecify.annotations.NullMarked;
