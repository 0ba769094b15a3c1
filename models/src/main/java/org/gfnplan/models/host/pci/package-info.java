/** PCI functions and their base address registers, as lspci and sysfs show them. */
@NullMarked
package org.gfnplan.models.host.pci;

import org.jspecify.annotations.NullMarked;
