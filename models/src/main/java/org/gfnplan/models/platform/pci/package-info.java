/** The PCI functions a guest sees, and the memory their registers want. */
@NullMarked
package org.gfnplan.models.platform.pci;

import org.jspecify.annotations.NullMarked;
