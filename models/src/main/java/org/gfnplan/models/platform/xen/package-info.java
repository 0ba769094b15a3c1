/** Xen's policy as rules, what today's Xen does, and the settings that lead it to a layout. */
@NullMarked
package org.gfnplan.models.platform.xen;

import org.jspecify.annotations.NullMarked;
