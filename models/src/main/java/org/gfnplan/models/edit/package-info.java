/** Changes of the very text that a guest was read from. */
@NullMarked
package org.gfnplan.models.edit;

import org.jspecify.annotations.NullMarked;
