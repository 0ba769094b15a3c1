/** ACPI tables of IOMMUs, PCI configuration space and persistent memory. */
@NullMarked
package org.gfnplan.models.host.acpi;

import org.jspecify.annotations.NullMarked;
