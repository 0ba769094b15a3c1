package org.gfnplan.models.host;

/** Bits of the addresses that an IOMMU translates, from a register that a boot log shows. */
final class IommuWidth {
  /*
   * VT-d specification, capability register: MGAW is bits 16..21 and counts from 0; SAGAW is bits
   * 8..12, one for each depth of page tables, from 30 bits in steps of 9. Both must allow an
   * address. AMD-Vi specification, extended features: HATS is bits 10..11, the depth of page
   * tables: 4, 5 or 6 levels, the last being all of 64 bits.
   */
  private static final int FEWEST = 30;
  private static final int STEP = 9;

  private IommuWidth() {}

  /** By the capability register of VT-d; below 30 when the register cannot be one. */
  static int ofVtd(long capability) {
    int most = (int) (capability >>> 16 & 0x3f) + 1;
    int depths = (int) (capability >>> 8 & 0x1f);
    if (depths == 0) {
      return 0;
    }
    int deepest = 31 - Integer.numberOfLeadingZeros(depths);
    return Math.min(most, Math.min(64, FEWEST + STEP * deepest));
  }

  /** By the extended features of AMD-Vi; 0 when their field is reserved. */
  static int ofAmd(long features) {
    return switch ((int) (features >>> 10 & 3)) {
      case 0 -> 48;
      case 1 -> 57;
      case 2 -> 64;
      default -> 0;
    };
  }
}
