/** From the real world to a problem and back. */
@NullMarked
package org.gfnplan.models;

import org.jspecify.annotations.NullMarked;
