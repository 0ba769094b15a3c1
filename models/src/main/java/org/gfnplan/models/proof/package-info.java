/** Conflicts as self-contained documents that somebody else can verify. */
@NullMarked
package org.gfnplan.models.proof;

import org.jspecify.annotations.NullMarked;
