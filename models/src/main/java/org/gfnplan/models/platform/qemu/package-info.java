/** How QEMU's x86 machines lay out guest memory, or why they refuse to. */
@NullMarked
package org.gfnplan.models.platform.qemu;

import org.jspecify.annotations.NullMarked;
