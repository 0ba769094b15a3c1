/** Persistent memory of guests: what backs a window, and who may map it. */
@NullMarked
package org.gfnplan.models.platform.pmem;

import org.jspecify.annotations.NullMarked;
