/** PCI addresses. */
@NullMarked
package org.gfnplan.models.pci;

import org.jspecify.annotations.NullMarked;
