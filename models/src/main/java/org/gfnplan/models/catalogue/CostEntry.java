package org.gfnplan.models.catalogue;

/**
 * What a change that repairs a conflict costs.
 *
 * @param change what is changed
 * @param cost how much, in words
 */
public record CostEntry(String change, String cost) {}
