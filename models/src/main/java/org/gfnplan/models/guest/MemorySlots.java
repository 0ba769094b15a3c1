package org.gfnplan.models.guest;

import org.gfnplan.models.input.Stated;

/**
 * Room for memory devices (DIMM, NVDIMM), plugged in at start or later (QEMU {@code -m
 * slots=,maxmem=}).
 *
 * @param mostBytes all memory the guest may ever have, the memory at start included
 * @param slots how many devices
 */
public record MemorySlots(Stated<Long> mostBytes, Stated<Integer> slots) {}
