package org.gfnplan.models.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfnplan.models.host.linux.ReservedRegions;
import org.gfnplan.models.host.pci.SysfsDevice;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.pci.PciAddress;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads copies of {@code /sys/bus/pci/devices} and {@code /sys/kernel/iommu_groups}, or these
 * themselves. A folder is known by its name together with what is in it: {@code 0000:00:02.0} with
 * {@code resource}, {@code 19} with {@code reserved_regions} or {@code devices}.
 */
final class SourceTree {
  /*
   * In sysfs the folders of functions are links, and lead to folders with links back. So a link is
   * followed when it is called like a function, and nothing below a function is looked at.
   */
  private static final int DEEPEST = 5;
  private static final int MOST_FOLDERS = 1 << 18;
  private static final int MOST_BYTES = 1 << 16;
  private static final String REGIONS = "reserved_regions";
  private static final String MEMBERS = "devices";

  private final SourceFacts facts;
  private final Set<Path> used = new HashSet<>();
  private int folders;
  private int found;

  private SourceTree(Path root) {
    facts = new SourceFacts(name(root));
  }

  /** Reads {@code root} if it is such a folder, else those in it. */
  static SourceTree read(Path root) {
    SourceTree tree = new SourceTree(root);
    tree.visit(root, 0);
    tree.facts.listsDevicesIfHostBridge();
    return tree;
  }

  /** What the folders say, or null when none of them is of use. */
  @Nullable SourceFacts facts() {
    return found > 0 || facts.problemCount() > 0 ? facts : null;
  }

  /** Whether something in {@code folder} was of use; {@code folder} is the root or in it. */
  boolean isUsed(Path folder) {
    return used.contains(folder);
  }

  private void visit(Path folder, int depth) {
    String called = lastName(folder);
    PciAddress address = address(called);
    if (++folders > MOST_FOLDERS) {
      if (folders == MOST_FOLDERS + 1) {
        problem(folder, "more than %d folders are not looked at".formatted(MOST_FOLDERS));
      }
    } else if (address != null && Files.isRegularFile(folder.resolve(SysfsDevice.RESOURCE))) {
      readDevice(address, folder);
      markUsed(folder, depth);
    } else if (called.matches("\\d{1,6}")
        && (Files.isRegularFile(folder.resolve(REGIONS))
            || Files.isDirectory(folder.resolve(MEMBERS)))) {
      readGroup(Integer.parseInt(called), folder);
      markUsed(folder, depth);
    } else if (depth < DEEPEST) {
      for (Path entry : entries(folder)) {
        boolean isFollowed = !Files.isSymbolicLink(entry) || address(lastName(entry)) != null;
        if (isFollowed && Files.isDirectory(entry)) {
          int before = found;
          visit(entry, depth + 1);
          if (depth == 0 && found > before) {
            used.add(entry);
          }
        }
      }
    }
  }

  private void markUsed(Path folder, int depth) {
    found++;
    if (depth == 0) {
      used.add(folder);
    }
  }

  /* sysfs always gives the segment. */
  private static @Nullable PciAddress address(String called) {
    return called.matches("[0-9a-f]{4}:.*") ? PciAddress.parse(called) : null;
  }

  private void readDevice(PciAddress address, Path folder) {
    Map<String, SourceFile> files = new HashMap<>();
    for (Path entry : entries(folder)) {
      if (SysfsDevice.isWanted(lastName(entry)) && Files.isRegularFile(entry)) {
        SourceFile file = file(entry);
        if (file == null) {
          return;
        }
        files.put(lastName(entry), file);
      }
    }
    SysfsDevice.read(address, files, groupOf(folder.resolve("iommu_group")), facts);
  }

  /* A link to the group's folder, or a file with its number. */
  private @Nullable Integer groupOf(Path path) {
    String number = "";
    if (Files.isSymbolicLink(path)) {
      try {
        number = lastName(Files.readSymbolicLink(path));
      } catch (IOException e) {
        problem(path, FileFailure.reading(e));
      }
    } else if (Files.isRegularFile(path)) {
      SourceFile file = file(path);
      number = file == null ? "" : file.text().strip().replaceFirst(".*/", "");
      if (!number.matches("\\d{1,6}")) {
        problem(path, "holds no number of an IOMMU group");
      }
    }
    return number.matches("\\d{1,6}") ? Integer.valueOf(number) : null;
  }

  private void readGroup(int group, Path folder) {
    Path regions = folder.resolve(REGIONS);
    SourceFile file = Files.isRegularFile(regions) ? file(regions) : null;
    if (file != null) {
      ReservedRegions.read(file.document(), file.text(), group, facts);
    }
    Path members = folder.resolve(MEMBERS);
    if (!Files.isDirectory(members)) {
      return;
    }
    for (Path entry : entries(members)) {
      PciAddress address = address(lastName(entry));
      if (address != null) {
        String where = name(entry);
        facts.addDevice(HostDevice.at(address, group, Origin.builtIn(where, where)));
      }
    }
  }

  private List<Path> entries(Path folder) {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(all::add);
    } catch (IOException | DirectoryIteratorException e) {
      problem(folder, FileFailure.reading(e, "cannot be read as a directory"));
    }
    all.sort(Path::compareTo);
    return all;
  }

  private @Nullable SourceFile file(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length <= MOST_BYTES) {
        return new SourceFile(name(path), bytes);
      }
      problem(path, "is larger than 64 KiB");
    } catch (IOException e) {
      problem(path, FileFailure.reading(e));
    }
    return null;
  }

  private void problem(Path path, String message) {
    facts.addProblem(new InputProblem(Origin.builtIn(name(path), name(path)), message));
  }

  private static String name(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static String lastName(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString();
  }
}
