package org.gfnplan.models.host;

import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * How large a namespace of persistent memory is, from a source that does not say where it is
 * ({@code ndctl list}).
 *
 * @param name what it is called there, {@code namespace0.0}
 * @param bytes how much of it can be used, or null when the source only gives a rounded number
 * @param origin where the source says so
 */
public record PmemSize(String name, @Nullable Long bytes, Origin origin) {}
