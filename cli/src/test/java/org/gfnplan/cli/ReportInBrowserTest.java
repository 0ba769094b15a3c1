package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reports in a real browser. Without Chromium these are skipped; {@code GFNPLAN_REQUIRE_PEERS=1}
 * makes that a failure.
 */
class ReportInBrowserTest {
  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void startTheBrowser() {
    browser = Browser.start();
  }

  @AfterAll
  static void stopTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingIsLoggedAndNoNetworkAsked() {
    assertEquals(List.of(), browser.complaints());
  }

  static Stream<Path> plans() throws IOException {
    return StoriesTest.plans();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void everyPartOfTheMapIsSeen(Path story) throws IOException {
    Path file = report(story, "html");
    for (int width : new int[] {1280, 400}) {
      Page page = browser.open(file, width, 900, ColorScheme.LIGHT);
      assertEquals(List.of(), look(page, "tooSmall"), "too small");
      assertEquals(List.of(), look(page, "overlaps"), "labels on each other, or cut");
      assertEquals(
          0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), "overflow");
      assertTrue(page.locator("h1").isVisible());
      page.context().close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void textIsReadableByDayAndByNight(Path story) throws IOException {
    Path file = report(story, "html");
    List<Object> papers = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = browser.open(file, 1280, 900, scheme);
      papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"));
      assertEquals(List.of(), look(page, "faint"), scheme.toString());
      page.context().close();
    }
    assertNotEquals(papers.get(0), papers.get(1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("plans")
  void aPictureOfItsOwnIsReadableToo(Path story) throws IOException {
    Path file = report(story, "svg");
    List<Object> papers = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = browser.open(file, 1280, 900, scheme);
      papers.add(page.evaluate("getComputedStyle(document.querySelector('.paper')).fill"));
      assertEquals(List.of(), look(page, "overlaps"), scheme.toString());
      page.context().close();
    }
    assertNotEquals(papers.get(0), papers.get(1));
  }

  @Test
  void pointingShowsTheExactRange() throws IOException {
    Page page = conflict();
    assertFalse(page.locator(".tip").isVisible());
    page.locator("svg").nth(1).locator(".box[aria-label^='RMRR 0x7b800000']").hover();
    assertEquals(
        "RMRR 0x7b800000: 0x7b800000..0x80000000 (72 MiB), reserved device memory,"
            + " examples/igd-small-hole/host/DMAR.dat+0x58",
        page.locator(".tip").textContent());
    page.locator("svg").nth(0).locator(".mark.clash .handle").hover();
    assertEquals(
        "taken twice: 72 MiB by low RAM and RMRR 0x7b800000: 0x7b800000..0x80000000 (72 MiB)",
        page.locator(".tip").textContent());
    page.locator("h1").hover();
    assertFalse(page.locator(".tip").isVisible());
  }

  @Test
  void keysReachEveryPartOfTheMap() throws IOException {
    Page page = conflict();
    Locator parts = page.locator("svg").first().locator("[role=img]");
    for (int i = 0; i < 20 && !isFocused(parts.first()); i++) {
      page.keyboard().press("Tab");
    }
    for (int i = 0; i < parts.count(); i++) {
      assertTrue(isFocused(parts.nth(i)), "part " + i);
      assertTrue(page.locator(".tip").isVisible());
      assertEquals(parts.nth(i).getAttribute("aria-label"), page.locator(".tip").textContent());
      page.keyboard().press("ArrowDown");
    }
    page.keyboard().press("Escape");
    assertFalse(page.locator(".tip").isVisible());
    page.keyboard().press("Tab");
    assertFalse(isFocused(parts.last()), "one stop for each map");
  }

  @Test
  void theMapGrowsAndShrinks() throws IOException {
    Page page = conflict();
    Locator map = page.locator("svg").first();
    double before = map.boundingBox().width;
    page.getByLabel("larger").click();
    assertEquals(1.5 * before, map.boundingBox().width, 1);
    page.getByLabel("as it was").click();
    assertEquals(before, map.boundingBox().width, 1);
    page.getByLabel("smaller").click();
    assertEquals(0.75 * before, map.boundingBox().width, 1);
  }

  @Test
  void withoutScriptsAllIsThereButZoom() throws IOException {
    Page page =
        browser.open(
            report(Path.of("examples/igd-small-hole"), "html"),
            Browser.options(1280, 900).setJavaScriptEnabled(false));
    assertTrue(page.locator("svg").first().isVisible());
    assertFalse(page.locator(".zoom").isVisible());
    assertEquals(page.locator("[role=img]").count(), page.locator("[role=img] > title").count());
    assertTrue(
        page.locator("td", new Page.LocatorOptions().setHasText("0x7b800000..0x80000000"))
            .first()
            .isVisible());
  }

  @Test
  void namesOfTheInputStayText() throws IOException {
    for (String form : List.of("html", "svg")) {
      Path file = folder.resolve("hostile." + form);
      Files.writeString(file, HostileInput.run(folder, form).out());
      Page page = browser.open(file, 400, 900, ColorScheme.LIGHT);
      assertEquals(0, page.evaluate("document.querySelectorAll('b, i, img, a').length"), form);
      assertEquals(
          form.equals("html") ? 1 : 0,
          page.evaluate("document.querySelectorAll('script').length"),
          form);
      assertEquals("undefined", page.evaluate("typeof window.hostile"), form);
      if (form.equals("html")) {
        assertEquals(
            0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"), form);
        assertTrue(page.locator("h1").textContent().contains("</script><b>"), form);
      }
      page.context().close();
    }
  }

  private static Page conflict() throws IOException {
    return browser.open(
        report(Path.of("examples/igd-small-hole"), "html"), 1280, 900, ColorScheme.LIGHT);
  }

  private static boolean isFocused(Locator part) {
    return (Boolean) part.evaluate("part => part === document.activeElement");
  }

  private static Path report(Path story, String form) throws IOException {
    Path file = folder.resolve(story.getFileName() + "." + form);
    if (!Files.exists(file)) {
      List<String> args = new ArrayList<>(StoriesTest.command(story));
      args.addAll(List.of("--format", form, "--output", file.toString()));
      Run run = Run.of(args);
      assertTrue(run.exit() < 2, run.err());
    }
    return file;
  }

  /** What one of the functions in {@code look.js} finds wrong. */
  private static Object look(Page page, String function) throws IOException {
    try (var in =
        Objects.requireNonNull(ReportInBrowserTest.class.getResourceAsStream("/look.js"))) {
      String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return page.evaluate("() => { %s return %s(); }".formatted(script, function));
    }
  }
}
