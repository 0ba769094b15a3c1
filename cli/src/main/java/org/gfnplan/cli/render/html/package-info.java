/** Plans as one page that needs nothing else. */
@NullMarked
package org.gfnplan.cli.render.html;

import org.jspecify.annotations.NullMarked;
