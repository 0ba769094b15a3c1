/** A host as its dumps describe it: reserved device memory, memory map, address width, devices. */
@NullMarked
package org.gfnplan.models.host;

import org.jspecify.annotations.NullMarked;
