/** What the boot log of Linux, its files below /proc and /sys, and its tools say about the host. */
@NullMarked
package org.gfnplan.models.host.linux;

import org.jspecify.annotations.NullMarked;
