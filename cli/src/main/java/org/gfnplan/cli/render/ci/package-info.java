/** Answers in the forms that continuous integration reads. */
@NullMarked
package org.gfnplan.cli.render.ci;

import org.jspecify.annotations.NullMarked;
