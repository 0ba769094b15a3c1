package org.gfnplan.models.report;

import java.util.List;
import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.MapEntry;
import org.jspecify.annotations.Nullable;

/**
 * A layout as {@link PlanJson} wrote it down.
 *
 * @param document the file
 * @param platform the platform it was planned for
 * @param host the host it was planned on
 * @param guest the guest
 * @param map what lies where, by address; only windows overlap what lies in them; each entry names
 *     its own line
 * @param e820 the toolstack's memory map, by address
 * @param registersKnown whether {@code map} has all registers of the guest's devices
 * @param devices the devices that the guest is made with, or null when the document does not say
 * @param passthrough whether devices can be given to it later, or null when not stated
 */
public record PlanDocument(
    String document,
    String platform,
    String host,
    String guest,
    List<MapEntry> map,
    List<E820Entry> e820,
    boolean registersKnown,
    @Nullable List<PciAssignment> devices,
    @Nullable Boolean passthrough) {
  public PlanDocument {
    map = List.copyOf(map);
    e820 = List.copyOf(e820);
    devices = devices == null ? null : List.copyOf(devices);
  }
}
