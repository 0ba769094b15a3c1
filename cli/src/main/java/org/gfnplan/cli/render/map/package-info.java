/** Address maps as pictures: what is drawn, to which scale, and the drawing. */
@NullMarked
package org.gfnplan.cli.render.map;

import org.jspecify.annotations.NullMarked;
