package org.gfnplan.models.guest;

/**
 * What to do when reserved device memory cannot be had as it should be. Xen has one flag for all
 * three; here each is a choice of its own.
 *
 * @param ram when guest RAM has to lie there
 * @param p2m when something else is mapped there, pages of firmware or of the device model
 * @param sharing when devices outside the guest reach it too; relaxed allows that
 */
public record RdmPolicies(RdmPolicy ram, RdmPolicy p2m, RdmPolicy sharing) {
  /** Refuse whatever is in the way. */
  public static final RdmPolicies STRICT = all(RdmPolicy.STRICT);

  /** Take whatever can be had. */
  public static final RdmPolicies RELAXED = all(RdmPolicy.RELAXED);

  /** The same policy for all three. */
  public static RdmPolicies all(RdmPolicy policy) {
    return new RdmPolicies(policy, policy, policy);
  }

  /** Whether all three are the same, so that one word says it. */
  public boolean isUniform() {
    return ram == p2m && p2m == sharing;
  }

  /** What Xen's one flag has to be: relaxed as soon as one of them is (domctl.h). */
  public RdmPolicy flag() {
    return equals(STRICT) ? RdmPolicy.STRICT : RdmPolicy.RELAXED;
  }
}
