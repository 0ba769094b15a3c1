/** What the boot log of Xen says about its host. */
@NullMarked
package org.gfnplan.models.host.xen;

import org.jspecify.annotations.NullMarked;
