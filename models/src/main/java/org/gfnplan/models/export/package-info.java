/** A planned layout in the forms that other programs take. */
@NullMarked
package org.gfnplan.models.export;

import org.jspecify.annotations.NullMarked;
