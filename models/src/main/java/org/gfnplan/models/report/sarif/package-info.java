/** What a plan found, as a log that code scanning services read: SARIF 2.1.0. */
@NullMarked
package org.gfnplan.models.report.sarif;

import org.jspecify.annotations.NullMarked;
