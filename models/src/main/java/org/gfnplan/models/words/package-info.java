/** How people read addresses and sizes. */
@NullMarked
package org.gfnplan.models.words;

import org.jspecify.annotations.NullMarked;
