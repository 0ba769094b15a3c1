/** What the boot log of Linux says about its host. */
@NullMarked
package org.gfnplan.models.host.linux;

import org.jspecify.annotations.NullMarked;
