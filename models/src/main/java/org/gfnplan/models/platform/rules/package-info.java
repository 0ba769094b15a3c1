/** What platforms share when they turn a scene into a problem. */
@NullMarked
package org.gfnplan.models.platform.rules;

import org.jspecify.annotations.NullMarked;
