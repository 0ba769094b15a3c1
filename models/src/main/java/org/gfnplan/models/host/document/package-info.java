/** Hosts written down in gfnplan's own JSON or YAML. */
@NullMarked
package org.gfnplan.models.host.document;

import org.jspecify.annotations.NullMarked;
