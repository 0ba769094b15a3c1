package org.gfnplan.models.guest.qemu;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.jspecify.annotations.Nullable;

/** What the name of a vCPU model says (target/i386/cpu.c). */
public final class CpuModels {
  /** TCG_PHYS_ADDR_BITS: what a 64-bit vCPU has when nothing is asked (target/i386/cpu.h). */
  public static final int DEFAULT_BITS = 40;

  private static final Pattern AMD = Pattern.compile("(?:epyc|opteron_g|phenom|qemu64|athlon).*");
  private static final Pattern INTEL =
      Pattern.compile(
          "(?:broadwell|cascadelake|conroe|cooperlake|core2duo|coreduo|denverton|graniterapids"
              + "|haswell|icelake|ivybridge|knightsmill|kvm64|kvm32|n270|nehalem|penryn|pentium"
              + "|sandybridge|sapphirerapids|sierraforest|skylake|snowridge|westmere).*");
  private static final Set<String> OF_THE_HOST = Set.of("host", "max");
  private static final Set<String> NARROW =
      Set.of(
          "486",
          "pentium",
          "pentium2",
          "pentium3",
          "athlon",
          "qemu32",
          "kvm32",
          "coreduo",
          "n270",
          "base");

  private CpuModels() {}

  /** The vendor of a model where the name says it, or null. KVM shows the host's instead. */
  public static @Nullable CpuVendor vendor(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    return AMD.matcher(name).matches()
        ? CpuVendor.AMD
        : INTEL.matcher(name).matches() ? CpuVendor.INTEL : null;
  }

  /** The vendor of a CPUID string or of libvirt's name for it, or null. */
  public static @Nullable CpuVendor vendorOfId(String id) {
    return switch (id) {
      case "AuthenticAMD", "AMD" -> CpuVendor.AMD;
      case "GenuineIntel", "Intel" -> CpuVendor.INTEL;
      default -> null;
    };
  }

  /** Whether a model has {@link #DEFAULT_BITS} unless told otherwise. */
  public static boolean hasDefaultBits(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    return !OF_THE_HOST.contains(name) && !NARROW.contains(name.replaceFirst("-v1$", ""));
  }
}
