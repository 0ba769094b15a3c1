/** Several guests on one host: who owns what, as a problem whose places are guests. */
@NullMarked
package org.gfnplan.models.platform.hostwide;

import org.jspecify.annotations.NullMarked;
