/** Guests as gfnplan's own guest document states them. */
@NullMarked
package org.gfnplan.models.guest.document;

import org.jspecify.annotations.NullMarked;
