package org.gfnplan.models.platform.pmem;

/**
 * Somebody asks the hypervisor to map host frames into a guest.
 *
 * @param caller who asks
 * @param guest the name of the guest they are mapped into
 * @param gfn the first frame of the guest
 * @param count how many frames
 * @param mfn the first frame of the host
 */
public record MapRequest(Caller caller, String guest, long gfn, long count, long mfn) {
  /** Who asks. */
  public enum Caller {
    /** The device model of the guest. */
    EMULATOR,
    /** The guest itself. */
    GUEST
  }
}
