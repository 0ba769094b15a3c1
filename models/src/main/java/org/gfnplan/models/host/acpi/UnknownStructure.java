package org.gfnplan.models.host.acpi;

/** A structure of a type that is not known and was skipped by its length. */
public record UnknownStructure(int offset, int type, int length) {}
