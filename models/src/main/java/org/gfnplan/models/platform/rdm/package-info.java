/** Reserved device memory as rules: who reaches it, what keeps clear of it, who shares it. */
@NullMarked
package org.gfnplan.models.platform.rdm;

import org.jspecify.annotations.NullMarked;
