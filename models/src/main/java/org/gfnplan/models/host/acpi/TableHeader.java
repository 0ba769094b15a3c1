package org.gfnplan.models.host.acpi;

/**
 * The fields of an ACPI table header that tell one table from another.
 *
 * @param signature four characters
 * @param length bytes, with the header
 * @param revision of the table's format
 * @param oemId six characters, padded as in the table
 * @param oemTableId eight characters, padded as in the table
 */
public record TableHeader(
    String signature, int length, int revision, String oemId, String oemTableId) {}
