/** JMH benchmarks, one class per question. */
@NullMarked
package org.gfnplan.benchmarks;

import org.jspecify.annotations.NullMarked;
