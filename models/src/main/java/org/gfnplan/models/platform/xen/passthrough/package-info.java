/** What QEMU asks Xen to map for the registers of assigned devices, and what Xen makes of it. */
@NullMarked
package org.gfnplan.models.platform.xen.passthrough;

import org.jspecify.annotations.NullMarked;
