package org.gfnplan.models.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.host.document.HostDocument;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.input.document.Node;

/**
 * Reads dumps of one host, in any of the forms that people have: raw ACPI tables, {@code acpidump}
 * text, the boot log of Linux or Xen, what {@code lspci}, {@code ndctl} and files below {@code
 * /proc} and {@code /sys} say, a gfnplan host document. A form is recognised by what is in the
 * file, never by its name.
 */
public final class HostReader {
  private HostReader() {}

  /**
   * What all {@code sources} say together. A source is a file, or a directory whose files are read;
   * of its own directories only copies of {@code /sys/bus/pci/devices} and of {@code
   * /sys/kernel/iommu_groups} are.
   *
   * @throws UnusableInput with every problem of every source
   */
  public static Host read(List<Path> sources) throws UnusableInput {
    SourceFolder folder = new SourceFolder();
    sources.forEach(folder::add);
    return merge(folder.name(), folder.facts());
  }

  /**
   * What a document says that is not in a file of its own.
   *
   * @throws UnusableInput with every problem of the document
   */
  public static Host readText(String name, byte[] bytes) throws UnusableInput {
    SourceFile file = new SourceFile(name, bytes);
    List<SourceFacts> facts = SourceKind.read(file);
    if (facts.isEmpty()) {
      throw new UnusableInput(List.of(SourceKind.unknown(file)));
    }
    return merge(name, facts);
  }

  /**
   * What a gfnplan host document says that is a value within another document.
   *
   * @throws UnusableInput with every problem of the value
   */
  public static Host readNode(String name, Node node) throws UnusableInput {
    return merge(name, List.of(HostDocument.read(name, node)));
  }

  private static Host merge(String name, List<SourceFacts> facts) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    facts.forEach(source -> problems.addAll(source.problems()));
    if (!problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    HostMerge merge = new HostMerge(facts);
    Host host = merge.host(name);
    if (!merge.problems().isEmpty()) {
      throw new UnusableInput(merge.problems());
    }
    return host;
  }
}
