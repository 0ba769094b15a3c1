package org.gfnplan.models.platform;

import java.util.List;

/**
 * What today's programs do with a guest as it is configured now. Addresses are bytes.
 *
 * @param works whether the guest starts and all parties agree
 * @param summary what happens, one line
 * @param messages what the programs' logs say, in order
 * @param lowmemEnd where low RAM ends, or 0 when the guest is not built
 * @param highmemEnd where high RAM ends, or 0 when there is none
 * @param masked starts of reserved device memory that is left out
 * @param qemuLowEnd where QEMU believes low RAM to end; 0 when there is no QEMU or no guest
 * @param qemuHighEnd where QEMU believes high RAM to end, or 0 when it believes there is none
 * @param agree whether QEMU believes RAM to be where the builder put it
 */
public record Today(
    boolean works,
    String summary,
    List<String> messages,
    long lowmemEnd,
    long highmemEnd,
    List<Long> masked,
    long qemuLowEnd,
    long qemuHighEnd,
    boolean agree) {
  public Today {
    messages = List.copyOf(messages);
    masked = List.copyOf(masked);
  }

  /** The same, told in other words. */
  public Today withSummary(String words) {
    return new Today(
        works, words, messages, lowmemEnd, highmemEnd, masked, qemuLowEnd, qemuHighEnd, agree);
  }
}
