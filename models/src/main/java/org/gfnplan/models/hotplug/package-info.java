/** What Xen does when devices are given to a running guest and taken away again. */
@NullMarked
package org.gfnplan.models.hotplug;

import org.jspecify.annotations.NullMarked;
