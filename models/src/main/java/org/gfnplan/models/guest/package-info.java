/** A guest as its configuration states it. */
@NullMarked
package org.gfnplan.models.guest;

import org.jspecify.annotations.NullMarked;
