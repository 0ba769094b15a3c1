package org.gfnplan.models.catalogue;

import org.gfnplan.models.input.Severity;

/**
 * A kind of finding.
 *
 * @param id its stable id
 * @param severity how much it matters
 * @param says what was found
 * @param source where it comes from
 */
public record FindingEntry(String id, Severity severity, String says, String source) {}
