package org.gfnplan.models.export;

import java.util.List;
import org.gfnplan.models.words.Sizes;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Extents of a p2m as JSON lines. Frames are hexadecimal. */
final class P2mJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private P2mJson() {}

  /** A line for each run. */
  static String of(List<P2mRun> runs) {
    StringBuilder text = new StringBuilder();
    for (P2mRun run : runs) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("gfn", Sizes.address(run.gfn()));
      node.put("mfn", mfn(run));
      node.put("order", run.order());
      node.put("count", run.count());
      node.put("type", run.type().word());
      node.put("name", run.name());
      text.append(JSON.writeValueAsString(node)).append('\n');
    }
    return text.toString();
  }

  private static String mfn(P2mRun run) {
    if (run.mfn() != P2mRun.ANY) {
      return Sizes.address(run.mfn());
    }
    return run.type() == P2mRun.Type.MMIO
        ? "unknown"
        : run.type() == P2mRun.Type.PMEM ? "pmem" : "ram";
  }
}
