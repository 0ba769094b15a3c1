package org.gfnplan.models.platform.xen;

import java.util.ArrayList;
import java.util.List;

/**
 * libxl's list of reserved device memory while it is collected: the host's entries first, then each
 * device's ({@code libxl__domain_device_construct_rdm}, libxl_dm.c).
 */
public final class RdmList {
  private final List<BuilderRequest.Rdm> entries = new ArrayList<>();

  /** Adds an entry of the host, whatever is there. */
  public void addOfHost(BuilderRequest.Rdm entry) {
    entries.add(entry);
  }

  /**
   * Adds an entry of a device; one that starts where another does only changes that one's policy.
   */
  public void addOfDevice(BuilderRequest.Rdm entry) {
    for (int i = 0; i < entries.size(); i++) {
      BuilderRequest.Rdm there = entries.get(i);
      if (there.startByte() == entry.startByte()) {
        entries.set(i, new BuilderRequest.Rdm(there.startByte(), there.endByte(), entry.policy()));
        return;
      }
    }
    entries.add(entry);
  }

  /** The entries so far. */
  public List<BuilderRequest.Rdm> entries() {
    return List.copyOf(entries);
  }
}
