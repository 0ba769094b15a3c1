package org.gfnplan.models.host.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gfnplan.models.host.ByteRange;
import org.gfnplan.models.host.HostPmem;
import org.gfnplan.models.host.SourceFacts;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.jspecify.annotations.Nullable;

/** Reads an item of the persistent memory of a host document. */
final class PmemFields {
  private static final Map<String, HostPmem.Kind> KINDS =
      Arrays.stream(HostPmem.Kind.values())
          .collect(Collectors.toMap(HostPmem.Kind::word, kind -> kind));

  private PmemFields() {}

  /** Adds the memory to {@code facts}, or what is wrong with it to {@code problems}. */
  static void read(Fields item, SourceFacts facts, List<InputProblem> problems) {
    item.require("extents");
    Stated<String> name = item.requiredText("name");
    Stated<HostPmem.Kind> stated = item.word("kind", KINDS);
    HostPmem.Kind kind = stated == null ? HostPmem.Kind.NAMESPACE : stated.value();
    Stated<Long> size = item.bytes("size", 1, ByteRange.LIMIT);
    if (kind == HostPmem.Kind.FILE) {
      item.require("size");
    }
    List<ByteRange> extents = new ArrayList<>();
    boolean whole = true;
    for (Fields extent : item.listOfFields("extents")) {
      HostDocument.Range range = HostDocument.range(extent, ByteRange.LIMIT, problems);
      extent.reportUnknown();
      whole &= range != null;
      if (range != null) {
        extents.add(new ByteRange(range.start(), range.end()));
      }
    }
    item.reportUnknown();
    if (extents.isEmpty() && whole && item.has("extents")) {
      item.problemAt("extents", "`extents` is empty");
    }
    if (name != null && whole && !extents.isEmpty()) {
      add(name.value(), kind, size, extents, item, facts);
    }
  }

  private static void add(
      String name,
      HostPmem.Kind kind,
      @Nullable Stated<Long> size,
      List<ByteRange> extents,
      Fields item,
      SourceFacts facts) {
    long held = ByteRange.sum(extents);
    if (size != null && size.value() > held) {
      item.problemAt(
          "size",
          "%s `%s` has %s, its extents hold %s"
              .formatted(kind.word(), name, Bytes.format(size.value()), Bytes.format(held)));
      return;
    }
    facts.addPmem(
        new HostPmem(kind, name, size == null ? held : size.value(), extents, item.origin()));
  }
}
