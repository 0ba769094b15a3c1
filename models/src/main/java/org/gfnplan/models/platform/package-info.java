/** What a platform is to the planner: rules in, settings and predictions out. */
@NullMarked
package org.gfnplan.models.platform;

import org.jspecify.annotations.NullMarked;
