/** ACPI tables that describe IOMMUs and PCI configuration space: DMAR, IVRS, MCFG. */
@NullMarked
package org.gfnplan.models.host.acpi;

import org.jspecify.annotations.NullMarked;
