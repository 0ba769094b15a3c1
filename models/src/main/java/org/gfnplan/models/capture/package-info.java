/** What running guests and their programs print about a layout, against the plan of it. */
@NullMarked
package org.gfnplan.models.capture;

import org.jspecify.annotations.NullMarked;
