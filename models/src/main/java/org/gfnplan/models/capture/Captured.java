package org.gfnplan.models.capture;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.solver.problem.Origin;

/** What a program printed about the layout of a guest. */
public sealed interface Captured permits GuestView, HvmloaderLog, QemuTree {
  /** The file. */
  String document();

  /** Who printed it, in a few words. */
  String form();

  /** What it contradicts in itself, one line each; none when it is sound. */
  List<String> inconsistencies();

  /**
   * What differs from the plan, by address.
   *
   * @throws UnusableInput when nothing in it can be compared with such a plan
   */
  List<Difference> differences(PlanDocument plan) throws UnusableInput;

  /**
   * What was captured: a guest's kernel log or {@code /proc/iomem}, hvmloader's log, QEMU's {@code
   * info mtree}, or answers over QMP.
   *
   * @throws UnusableInput with every problem of the document, or when it is none of these
   */
  static Captured read(String name, byte[] bytes) throws UnusableInput {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (HvmloaderLog.isOne(text)) {
      return HvmloaderLog.read(name, text);
    }
    if (QemuTree.isOne(text)) {
      return QemuTree.read(name, text);
    }
    return GuestView.read(name, bytes);
  }

  /** A problem of a document as a whole. */
  static UnusableInput unusable(String document, String message) {
    return new UnusableInput(List.of(new InputProblem(Origin.builtIn(document, ""), message)));
  }
}
