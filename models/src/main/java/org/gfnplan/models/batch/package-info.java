/** Requests that come as JSON lines. */
@NullMarked
package org.gfnplan.models.batch;

import org.jspecify.annotations.NullMarked;
