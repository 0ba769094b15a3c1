package org.gfnplan.models.platform.qemu;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a vCPU model says about addresses.
 *
 * @param amd whether its vendor is AMD
 * @param longMode whether it has 64-bit mode; only then {@code phys-bits} may be asked for
 * @param pse36 whether it has 36-bit addresses for large pages
 * @param pae whether it has page tables for 36-bit addresses
 * @param askedBits the {@code phys-bits} asked for, 0 for none
 */
public record QemuCpu(boolean amd, boolean longMode, boolean pse36, boolean pae, int askedBits) {
  /** The least and the most {@code phys-bits} QEMU takes. */
  public static final int LEAST_BITS = 32;

  /** See {@link #LEAST_BITS}. */
  public static final int MOST_BITS = 52;

  /** TCG_PHYS_ADDR_BITS (target/i386/cpu.h): what a 64-bit vCPU has when nothing is asked. */
  public static final int DEFAULT_BITS = 40;

  private static final Set<String> AMD_FAMILIES = Set.of("EPYC", "phenom", "qemu64", "max");
  private static final Set<String> PLAIN_32 = Set.of("486", "pentium", "base");
  private static final Set<String> PAE_32 = Set.of("qemu32", "coreduo", "n270");
  private static final Set<String> PSE_36 = Set.of("pentium2", "pentium3", "kvm32", "athlon");
  private static final Set<String> INTEL_FAMILIES =
      Set.of(
          "Broadwell",
          "Cascadelake",
          "Conroe",
          "Cooperlake",
          "Denverton",
          "Haswell",
          "Icelake",
          "IvyBridge",
          "KnightsMill",
          "Nehalem",
          "Penryn",
          "SandyBridge",
          "Skylake",
          "Snowridge",
          "Westmere",
          "core2duo",
          "kvm64",
          "Dhyana");

  /**
   * The model of a {@code -cpu} argument, as QEMU's TCG defines it.
   *
   * @throws IllegalArgumentException when the model or an option is not known here
   */
  public static QemuCpu of(String argument) {
    List<String> parts = Arrays.asList(argument.split(",", -1));
    QemuCpu cpu = model(parts.get(0));
    for (String option : parts.subList(1, parts.size())) {
      cpu = cpu.with(option);
    }
    return cpu;
  }

  private static QemuCpu model(String name) {
    String family = name.split("-", -1)[0];
    if (AMD_FAMILIES.contains(family) || name.startsWith("Opteron_G")) {
      return new QemuCpu(true, true, true, true, 0);
    }
    if (INTEL_FAMILIES.contains(family)) {
      return new QemuCpu(false, true, true, true, 0);
    }
    if (PSE_36.contains(family)) {
      return new QemuCpu(family.equals("athlon"), false, true, true, 0);
    }
    if (PAE_32.contains(family)) {
      return new QemuCpu(false, false, false, true, 0);
    }
    if (PLAIN_32.contains(family)) {
      return new QemuCpu(false, false, false, false, 0);
    }
    throw new IllegalArgumentException("vCPU model is not known: cpu=" + name);
  }

  private QemuCpu with(String option) {
    if (option.equals("-pse36")) {
      return new QemuCpu(amd, longMode, false, pae, askedBits);
    }
    if (option.matches("phys-bits=[1-9]\\d{0,2}")) {
      return new QemuCpu(amd, longMode, pse36, pae, Integer.parseInt(option.substring(10)));
    }
    throw new IllegalArgumentException("vCPU option is not known: option=" + option);
  }

  /** The same with other address bits asked for. */
  public QemuCpu withAskedBits(int bits) {
    return new QemuCpu(amd, longMode, pse36, pae, bits);
  }

  /** Address bits of the vCPU once it runs; since 8.2 page tables count (x86_cpu_realizefn). */
  public int physicalBits(QemuVersion qemu) {
    if (longMode) {
      return askedBits == 0 ? DEFAULT_BITS : askedBits;
    }
    return pse36 || (pae && qemu.isFrom(QemuVersion.V10_0)) ? 36 : 32;
  }
}
