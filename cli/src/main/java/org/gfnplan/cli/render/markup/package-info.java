/** The one place where text becomes markup. */
@NullMarked
package org.gfnplan.cli.render.markup;

import org.jspecify.annotations.NullMarked;
