package org.gfnplan.models.guest.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.guest.PciAssignment.ResizedBar;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.pci.Bar;
import org.jspecify.annotations.Nullable;

/** Reads base address registers, and sizes that they are set to. */
final class BarFields {
  private static final long LEAST_IO = 4;
  private static final long MOST_IO = 64 << 10;
  private static final long LEAST_MEMORY = 16;
  private static final long LEAST_ROM = 2048;
  private static final long MOST_ROM = 16 << 20;
  private static final long MOST_32 = 2L << 30;
  private static final int REGISTERS = 6;

  /** What a document calls a register. */
  private enum Kind {
    IO(Bar.Space.IO, LEAST_IO, MOST_IO),
    MEMORY_32(Bar.Space.MEMORY_32, LEAST_MEMORY, MOST_32),
    MEMORY_64(Bar.Space.MEMORY_64, LEAST_MEMORY, Scope.MOST_BYTES),
    ROM(Bar.Space.MEMORY_32, LEAST_ROM, MOST_ROM);

    private static final Map<String, Kind> WORDS =
        Map.of("io", IO, "memory-32", MEMORY_32, "memory-64", MEMORY_64, "rom", ROM);

    private final Bar.Space space;
    private final long least;
    private final long most;

    Kind(Bar.Space space, long least, long most) {
      this.space = space;
      this.least = least;
      this.most = most;
    }
  }

  private BarFields() {}

  /** The key {@code bars} of a function. */
  static List<Bar> bars(Fields function) {
    List<Bar> bars = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    for (Fields item : Lists.of(function, "bars", REGISTERS + 1)) {
      item.require("size", "space");
      Stated<Kind> space = item.word("space", Kind.WORDS);
      Kind kind = space == null ? null : space.value();
      Integer index = index(item, kind);
      Stated<Long> size =
          powerOfTwo(
              item,
              "size",
              kind == null ? LEAST_IO : kind.least,
              kind == null ? Scope.MOST_BYTES : kind.most);
      Stated<Boolean> prefetchable = item.flag("prefetchable");
      item.reportUnknown();
      if (prefetchable != null && (kind == Kind.IO || kind == Kind.ROM)) {
        item.problemAt(
            "prefetchable", "`prefetchable` is said of `memory-32` and `memory-64` only");
      }
      if (kind == null || index == null || !take(item, kind, index, taken) || size == null) {
        continue;
      }
      boolean forwards = prefetchable != null && prefetchable.value();
      bars.add(new Bar(index, kind.space, size.value(), forwards, List.of(), null, item.origin()));
    }
    return bars;
  }

  /** The key {@code resize} of a device whose registers may be stated too. */
  static List<ResizedBar> resized(Fields device, List<Bar> bars) {
    Fields resize = device.fields("resize");
    List<ResizedBar> sizes = new ArrayList<>();
    if (resize == null) {
      return sizes;
    }
    for (int index = 0; index < REGISTERS; index++) {
      String key = String.valueOf(index);
      Stated<Long> size = powerOfTwo(resize, key, Scope.MIB, Scope.MOST_BYTES);
      if (size == null) {
        continue;
      }
      Bar bar = bar(bars, index);
      if (!bars.isEmpty() && (bar == null || !bar.isMemory())) {
        resize.problemAt(key, "`bars` has no memory register " + index);
      } else if (bar != null && bar.space() == Bar.Space.MEMORY_32 && size.value() > MOST_32) {
        resize.problemAt(key, "a 32-bit register can be 2 GiB at most");
      } else {
        sizes.add(new ResizedBar(index, size.value(), size.origin()));
      }
    }
    resize.reportUnknown();
    return sizes;
  }

  private static @Nullable Bar bar(List<Bar> bars, int index) {
    return bars.stream().filter(bar -> bar.index() == index).findFirst().orElse(null);
  }

  private static @Nullable Integer index(Fields item, @Nullable Kind kind) {
    if (kind == Kind.ROM) {
      if (item.has("bar")) {
        item.problemAt("bar", "a `rom` has no `bar`");
      }
      return Bar.ROM;
    }
    item.require("bar");
    Stated<Long> index = item.wholeNumber("bar", 0, REGISTERS - 1);
    return index == null ? null : index.value().intValue();
  }

  /** A 64-bit register takes the next one for its upper half. */
  private static boolean take(Fields item, Kind kind, int index, Set<Integer> taken) {
    if (kind == Kind.MEMORY_64 && index == REGISTERS - 1) {
      item.problemAt("bar", "a 64-bit register needs two, and 5 is the last");
      return false;
    }
    boolean free = taken.add(index);
    if (kind == Kind.MEMORY_64) {
      free &= taken.add(index + 1);
    }
    if (!free) {
      item.problemAt(
          "bar",
          index == Bar.ROM
              ? "a function has one `rom`"
              : "register %d is taken, perhaps by the upper half of a 64-bit one".formatted(index));
    }
    return free;
  }

  private static @Nullable Stated<Long> powerOfTwo(Fields item, String key, long least, long most) {
    Stated<Long> size = item.bytes(key, least, most);
    if (size != null && Long.bitCount(size.value()) != 1) {
      item.problemAt(
          key, "the size of a register is a power of two, this is " + Bytes.format(size.value()));
      return null;
    }
    return size;
  }
}
