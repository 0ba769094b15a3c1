/** Plans and explanations as documents. */
@NullMarked
package org.gfnplan.models.report;

import org.jspecify.annotations.NullMarked;
