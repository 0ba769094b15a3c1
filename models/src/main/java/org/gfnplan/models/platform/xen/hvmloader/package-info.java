/** What hvmloader does with a guest's memory map and PCI windows before firmware runs. */
@NullMarked
package org.gfnplan.models.platform.xen.hvmloader;

import org.jspecify.annotations.NullMarked;
