package org.gfnplan.models.edit;

import org.gfnplan.models.guest.PciAssignment;
import org.gfnplan.models.guest.PmemWindow;
import org.gfnplan.models.platform.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Changes one form of text. What a method cannot write down it answers with false, and then the
 * text is not changed at all; what hardly any form has, is false unless a form says otherwise.
 */
interface Editor {
  /** A setting of the guest gets a value; 0 or the empty text means that it is left out. */
  boolean set(Setting setting);

  /** An assigned device gets a policy. */
  default boolean policy(PciAssignment device, String word) {
    return false;
  }

  /** A register of an assigned device gets a size. */
  default boolean resize(PciAssignment device, PciAssignment.ResizedBar wish) {
    return false;
  }

  /** An assigned device stays out. */
  boolean drop(PciAssignment device);

  /** Another device goes in, as configurations name it; a null policy is not written. */
  default boolean assign(String device, @Nullable String policy) {
    return false;
  }

  /** A memory device has another size, backing, address or alignment, or stays out (null). */
  default boolean pmem(PmemWindow before, @Nullable PmemWindow after) {
    return false;
  }

  /** The changed text, or null when the changes get in each other's way. */
  @Nullable String text();
}
