/** A machine without a tool: what the address space alone allows. */
@NullMarked
package org.gfnplan.models.platform.ideal;

import org.jspecify.annotations.NullMarked;
