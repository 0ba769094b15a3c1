package org.gfnplan.cli.render.html;

import java.util.List;
import org.gfnplan.cli.render.map.Box;
import org.gfnplan.cli.render.map.Mark;
import org.gfnplan.cli.render.map.Panel;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.E820Entry;
import org.gfnplan.models.platform.NodeRange;
import org.gfnplan.models.platform.Realised;
import org.gfnplan.models.platform.pmem.PmemMapping;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.models.report.RepairWords;
import org.gfnplan.models.report.VirtualNode;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;

/** The tables of a report; each can be read without the map. */
final class Tables {
  private Tables() {}

  /** Starts a table with these heads. */
  static void open(Markup out, String... heads) {
    out.open("div", "class", "table");
    out.open("table").open("thead").open("tr");
    for (String head : heads) {
      out.leaf("th", head, "scope", "col");
    }
    out.close().close().open("tbody");
  }

  static void close(Markup out) {
    out.close().close().close();
  }

  /** What a panel of the map draws, exactly. */
  static void panel(Markup out, Panel panel) {
    open(out, "Range", "Size", "What", "Lane", "From");
    for (Mark mark : panel.marks()) {
      out.open("tr", "class", mark.tone().style());
      place(out, mark.range());
      String said = mark.lines().isEmpty() ? "free" : String.join(" ", mark.lines());
      out.leaf("td", said).leaf("td", "").leaf("td", "").close();
    }
    for (Box box : panel.boxes()) {
      out.open("tr");
      place(out, box.range());
      out.sentence("td", box.name()).leaf("td", box.lane().words()).leaf("td", box.why()).close();
    }
    close(out);
  }

  private static void place(Markup out, GfnRange range) {
    bytes(out, Gfn.toBytes(range.start()), Gfn.toBytes(range.end()));
    out.leaf("td", Sizes.size(Gfn.toBytes(range.length())), "class", "size");
  }

  private static void bytes(Markup out, long start, long end) {
    out.leaf("td", "%s..%s".formatted(Sizes.address(start), Sizes.address(end)), "class", "range");
  }

  /** Changes that were planned and checked, the line each would change, and what it costs. */
  static void repairs(Markup out, Plan plan) {
    open(out, "Change", "Where it stands", "RAM after it", "Gives up");
    for (Repair repair : plan.repairs()) {
      out.open("tr").open("td").words(RepairWords.title(plan, repair));
      List<String> further = RepairWords.furtherSettings(plan, repair);
      if (!further.isEmpty()) {
        out.text(" together with ");
        further.forEach(setting -> out.leaf("code", setting).text(" "));
      }
      out.close().open("td");
      for (Change change : repair.changes()) {
        Statements.quote(out, change.origin(), "");
      }
      out.close().leaf("td", ram(repair.realised())).open("td");
      for (Change change : repair.changes()) {
        String lost = change.givesUp();
        if (lost != null) {
          out.sentence("p", lost, "class", "lost");
        }
      }
      out.close().close();
      String diff = repair.diff();
      if (diff != null) {
        out.open("tr", "class", "diff").open("td", "colspan", "4");
        out.open("pre").lines(diff.stripTrailing()).close().close().close();
      }
    }
    close(out);
  }

  /** Where RAM ends. */
  static String ram(Realised realised) {
    String low = "low RAM ends at " + Sizes.address(realised.lowmemEnd());
    return realised.highmemEnd() == 0
        ? low
        : low + ", high RAM at " + Sizes.address(realised.highmemEnd());
  }

  /** What else to know; nothing where there is nothing. */
  static void findings(Markup out, List<Finding> findings, String heading) {
    if (findings.isEmpty()) {
      return;
    }
    out.leaf(heading, "What else to know");
    open(out, "Severity", "Finding", "From");
    for (Finding finding : findings) {
      out.open("tr").leaf("td", finding.severity().word());
      out.open("td").words(finding.message()).text(" ");
      out.leaf("span", finding.id(), "class", "quiet").close().open("td");
      Statements.quote(out, finding.origin(), "");
      out.close().close();
    }
    close(out);
  }

  /** Which RAM each virtual NUMA node has. */
  static void nodes(Markup out, List<VirtualNode> nodes) {
    open(out, "Node", "RAM", "Host node");
    for (VirtualNode node : nodes) {
      out.open("tr").leaf("td", Integer.toString(node.number())).open("td");
      for (NodeRange range : node.ranges()) {
        out.leaf("p", Sizes.range(range.startByte(), range.endByte()));
      }
      Integer host = node.physicalNode();
      out.close().leaf("td", host == null ? "not stated" : host.toString()).close();
    }
    close(out);
  }

  /** Which host memory is behind windows of persistent memory. */
  static void pmem(Markup out, PmemMapping mapping) {
    if (mapping.runs().isEmpty()) {
      out.leaf("p", "Where its contents lie in host memory is not known.");
      return;
    }
    open(out, "Guest", "Host memory from", "Pages up to");
    for (PmemMapping.Run run : mapping.runs()) {
      out.open("tr");
      bytes(out, Gfn.toBytes(run.gfns().start()), Gfn.toBytes(run.gfns().end()));
      out.leaf("td", Sizes.address(Gfn.toBytes(run.mfn())), "class", "range");
      out.leaf("td", Sizes.size(Gfn.toBytes(run.largestPage()))).close();
    }
    close(out);
  }

  /** The memory map that the toolstack hands over. */
  static void e820(Markup out, List<E820Entry> entries) {
    open(out, "Range", "Size", "Type");
    for (E820Entry entry : entries) {
      out.open("tr");
      bytes(out, entry.startByte(), entry.endByte());
      out.leaf("td", Sizes.size(entry.endByte() - entry.startByte()), "class", "size");
      String type =
          switch (entry.type()) {
            case E820Entry.RAM -> "1, usable";
            case E820Entry.RESERVED -> "2, reserved";
            case 3 -> "3, ACPI tables";
            case 4 -> "4, ACPI NVS";
            default -> Integer.toString(entry.type());
          };
      out.leaf("td", type).close();
    }
    close(out);
  }
}
