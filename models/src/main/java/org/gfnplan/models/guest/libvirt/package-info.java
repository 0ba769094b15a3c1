/** Guests as libvirt's domain XML states them. */
@NullMarked
package org.gfnplan.models.guest.libvirt;

import org.jspecify.annotations.NullMarked;
