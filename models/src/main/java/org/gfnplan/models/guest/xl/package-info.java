/** Guests as xl.cfg files state them. */
@NullMarked
package org.gfnplan.models.guest.xl;

import org.jspecify.annotations.NullMarked;
