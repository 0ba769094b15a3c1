package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what the program prints; {@code ...} stands for lines left out. */
class ReadmeTest {
  private static final String PROMPT = "$ ./gfnplan ";

  @Test
  void everyRunInTheReadmeIsReal() throws IOException {
    int runs = 0;
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(PROMPT)) {
        runs++;
        List<String> actual =
            Run.of(lines.get(i).substring(PROMPT.length()).split(" ")).out().lines().toList();
        List<String> shown = new ArrayList<>();
        for (i++; !lines.get(i).equals("```"); i++) {
          shown.add(lines.get(i));
        }
        compare(shown, actual);
      }
    }
    assertEquals(2, runs);
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    try (var files = Files.list(Path.of("docs"))) {
      List<Path> pages = new ArrayList<>(files.filter(f -> f.toString().endsWith(".md")).toList());
      pages.add(Path.of("README.md"));
      for (Path page : pages) {
        Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(Files.readString(page));
        while (links.find()) {
          Path target = page.resolveSibling(links.group(1));
          assertTrue(Files.exists(target), page + " -> " + target);
        }
      }
    }
  }

  private static void compare(List<String> shown, List<String> actual) {
    int at = 0;
    boolean skipping = false;
    for (String line : shown) {
      if (line.strip().equals("...")) {
        skipping = true;
        continue;
      }
      while (skipping && at < actual.size() && !actual.get(at).equals(line)) {
        at++;
      }
      skipping = false;
      assertTrue(at < actual.size(), "not printed: " + line);
      assertEquals(line, actual.get(at++));
    }
    assertTrue(skipping || at == actual.size(), "the README leaves lines out silently");
  }
}
