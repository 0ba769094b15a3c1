/** Plans as people read them. */
@NullMarked
package org.gfnplan.cli.render;

import org.jspecify.annotations.NullMarked;
