/** JSON and YAML documents as trees whose every value knows its line. */
@NullMarked
package org.gfnplan.models.input.document;

import org.jspecify.annotations.NullMarked;
