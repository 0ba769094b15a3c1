/**
 * What every reader shares: values with their origin, findings, and all problems of an input at
 * once.
 */
@NullMarked
package org.gfnplan.models.input;

import org.jspecify.annotations.NullMarked;
