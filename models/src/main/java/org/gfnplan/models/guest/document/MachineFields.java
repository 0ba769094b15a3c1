package org.gfnplan.models.guest.document;

import java.util.Map;
import org.gfnplan.models.guest.MachineType;
import org.gfnplan.models.guest.MachineWishes;
import org.gfnplan.models.guest.MachineWishes.CpuVendor;
import org.gfnplan.models.guest.PlatformName;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.jspecify.annotations.Nullable;

/** Reads what a document says of the virtual machine itself. */
final class MachineFields {
  private static final int LEAST_BITS = 32;
  private static final int MOST_BITS = 52;
  private static final long FOUR_GIB = 4L << 30;
  private static final Map<String, CpuVendor> VENDORS =
      Map.of("intel", CpuVendor.INTEL, "amd", CpuVendor.AMD);
  private static final Map<String, String> FIRMWARE = Map.of("seabios", "seabios", "ovmf", "ovmf");

  private final Scope scope;
  private final Fields fields;

  MachineFields(Scope scope, Fields fields) {
    this.scope = scope;
    this.fields = fields;
  }

  MachineWishes wishes(@Nullable PlatformName platform) {
    scope.check(
        fields, "machine", "max_ram_below_4g", "pci_hole64", "ovmf_window64", "private_bit");
    return new MachineWishes(
        type(platform),
        Scope.multiple(fields, "max_ram_below_4g", Scope.PAGE, Scope.MIB, FOUR_GIB),
        fields.bytes("pci_hole64", 0, Scope.MOST_BYTES),
        Scope.multiple(fields, "ovmf_window64", Scope.MIB, 0, Scope.MOST_BYTES),
        fields.word("cpu_vendor", VENDORS),
        bits("physical_bits", MOST_BITS),
        bits("private_bit", MOST_BITS - 1));
  }

  Stated<String> firmware() {
    scope.check(fields, "firmware");
    Stated<String> firmware = fields.word("firmware", FIRMWARE);
    if (scope.is(PlatformName.XEN_PVH) || scope.is(PlatformName.IDEAL)) {
      return scope.silent("none", "there is no firmware");
    }
    return firmware == null ? scope.silent("seabios", "firmware defaults to seabios") : firmware;
  }

  private @Nullable Stated<String> type(@Nullable PlatformName platform) {
    Stated<String> type = fields.text("machine");
    if (type != null && platform != null && platform.isQemu()) {
      PlatformName meant = MachineType.platform(type.value());
      if (meant != platform) {
        fields.problemAt(
            "machine", "`%s` is not a machine of `%s`".formatted(type.value(), platform.word()));
      }
    }
    return type;
  }

  private @Nullable Stated<Integer> bits(String key, int most) {
    Stated<Long> bits = fields.wholeNumber(key, LEAST_BITS, most);
    return bits == null ? null : Stated.by(bits.value().intValue(), bits.origin());
  }
}
