/** Guests as QEMU command lines state them. */
@NullMarked
package org.gfnplan.models.guest.qemu;

import org.jspecify.annotations.NullMarked;
