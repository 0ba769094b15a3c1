package org.gfnplan.models.platform;

import java.util.ArrayList;
import java.util.List;

/**
 * A step on the way to a running guest, and what comes of it.
 *
 * @param name which step
 * @param verdict how it ends
 * @param summary what happens, one line; empty when it is not reached
 * @param messages what the programs' logs say, in order; {@code dN} is the domain, and {@code MFN}
 *     a frame of the host
 */
public record Stage(Name name, Verdict verdict, String summary, List<String> messages) {
  public Stage {
    messages = List.copyOf(messages);
  }

  /** The steps. */
  public enum Name {
    /** The toolstack reads the guest's file. */
    CONFIGURATION("configuration"),
    /** The toolstack makes RAM and the memory map. */
    BUILD("build"),
    /** QEMU starts, and lays memory out by its own rules. */
    DEVICE_MODEL("device model"),
    /** Host devices are given to the guest. */
    ASSIGNMENT("assignment"),
    /** Firmware gives registers their addresses and draws the guest's map. */
    FIRMWARE("firmware");

    private final String word;

    Name(String word) {
      this.word = word;
    }

    /** The word of texts and documents. */
    public String word() {
      return word;
    }
  }

  /** How a step can end. */
  public enum Verdict {
    /** As the guest's file asks. */
    OK("ok"),
    /** The guest goes on, but something is not as its file asks. */
    SILENT("silently wrong"),
    /** The guest does not start. */
    FAILS("fails"),
    /** A step before it failed. */
    NOT_REACHED("not reached");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** The word of texts and documents. */
    public String word() {
      return word;
    }
  }

  /** A step that ends well. */
  public static Stage ok(Name name, String summary, List<String> messages) {
    return new Stage(name, Verdict.OK, summary, messages);
  }

  /** A step after which the guest goes on, but not as its file asks. */
  public static Stage silent(Name name, String summary, List<String> messages) {
    return new Stage(name, Verdict.SILENT, summary, messages);
  }

  /** A step that ends the guest's start. */
  public static Stage fails(Name name, String summary, List<String> messages) {
    return new Stage(name, Verdict.FAILS, summary, messages);
  }

  /** These steps in order, none of them reached after one that fails. */
  public static List<Stage> inOrder(List<Stage> stages) {
    List<Stage> reached = new ArrayList<>();
    boolean failed = false;
    for (Stage stage : stages) {
      reached.add(failed ? new Stage(stage.name, Verdict.NOT_REACHED, "", List.of()) : stage);
      failed = failed || stage.verdict == Verdict.FAILS;
    }
    return reached;
  }
}
