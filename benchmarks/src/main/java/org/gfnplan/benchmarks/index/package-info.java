/** How fast are the index and the map of extents, beside what a Java user would pick? */
@NullMarked
package org.gfnplan.benchmarks.index;

import org.jspecify.annotations.NullMarked;
