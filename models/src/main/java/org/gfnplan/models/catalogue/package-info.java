/** What every id of a rule or a finding stands for. */
@NullMarked
package org.gfnplan.models.catalogue;

import org.jspecify.annotations.NullMarked;
