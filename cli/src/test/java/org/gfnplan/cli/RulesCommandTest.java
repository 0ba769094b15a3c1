package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.catalogue.FindingEntry;
import org.junit.jupiter.api.Test;

/** The catalogue of rules and findings, its page and its command. */
class RulesCommandTest {
  private static final Path PAGE = Path.of("docs", "rules.md");
  private static final List<Path> SOURCES =
      List.of(Path.of("models", "src", "main", "java"), Path.of("cli", "src", "main", "java"));

  /** {@code -Dgfnplan.record=true} writes it anew. */
  @Test
  void thePageIsWhatTheCommandPrints() throws IOException {
    Run run = Run.of("rules", "--format", "markdown");
    assertEquals(0, run.exit());
    if (Boolean.getBoolean("gfnplan.record")) {
      Files.writeString(PAGE, run.out());
    }
    assertEquals(Files.readString(PAGE), run.out());
  }

  @Test
  void namedEntriesAreToldInTheirOrderAndFillEightyColumns() {
    Run run = Run.of("rules", "Q1", "mtrrs-run-out");
    assertEquals(
        """
        Q1  QEMU's low RAM ends where the builder's does
            comes from: QEMU hw/i386/xen/xen-hvm.c, xen_ram_init
            today: nobody: the guest crashes, or DMA goes astray
        mtrrs-run-out (warning)  the PCI windows need more than the 8 variable MTRRs
                that a guest has; the rest is cached by MTRR
            comes from: hvmloader cacheattr.c
        """,
        run.out());
    assertTrue(Run.of("rules").out().lines().allMatch(line -> line.length() <= 80));
  }

  @Test
  void unknownIdsAreAllNamed() {
    Run run = Run.of("rules", "Q1", "Q99", "no-such");
    assertEquals(2, run.exit());
    assertTrue(
        run.err().startsWith("error: no rule and no finding has the id Q99, no-such"), run.err());
  }

  /** Each use of an id is checked by {@code Finding} itself, with assertions on. */
  @Test
  void everyListedFindingIsInTheSource() throws IOException {
    Set<String> words = new TreeSet<>();
    Pattern literal = Pattern.compile("\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");
    for (Path source : SOURCES) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          Matcher match = literal.matcher(Files.readString(file));
          while (match.find()) {
            words.add(match.group(1));
          }
        }
      }
    }
    Set<String> idle =
        Catalogue.get().findings().stream().map(FindingEntry::id).collect(Collectors.toSet());
    idle.removeAll(words);
    assertEquals(Set.of(), idle);
  }

  @Test
  void noIdIsListedTwice() {
    Catalogue catalogue = Catalogue.get();
    List<String> ids =
        Stream.concat(
                catalogue.rules().stream().flatMap(rule -> rule.ids().stream()),
                catalogue.findings().stream().map(FindingEntry::id))
            .toList();
    assertEquals(ids.size(), Set.copyOf(ids).size());
  }
}
