package org.gfnplan.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Chromium that is installed, and what it complained about. */
final class Browser implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final List<String> complaints = new ArrayList<>();

  private Browser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(List.of("--no-sandbox")));
  }

  /** Starts it; skips the test where it is missing, unless {@code GFNPLAN_REQUIRE_PEERS} is 1. */
  static Browser start() {
    boolean installed = Files.isExecutable(PROGRAM);
    if ("1".equals(System.getenv("GFNPLAN_REQUIRE_PEERS"))) {
      assertTrue(installed, PROGRAM + " is not installed");
    }
    assumeTrue(installed, PROGRAM + " is not installed");
    return new Browser();
  }

  /** Opens a file in a window of this size. */
  Page open(Path file, int width, int height, ColorScheme scheme) {
    return open(file, options(width, height).setColorScheme(scheme));
  }

  static com.microsoft.playwright.Browser.NewContextOptions options(int width, int height) {
    return new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height);
  }

  /** Opens a file; what it logs, throws or asks of the network is a complaint. */
  Page open(Path file, com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext context = chromium.newContext(options);
    String own = file.toAbsolutePath().toUri().toString().replace("file:///", "file:/");
    Page page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(error -> complaints.add("error: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().replace("file:///", "file:/").equals(own)) {
            complaints.add("request: " + request.url());
          }
        });
    page.navigate(file.toAbsolutePath().toUri().toString());
    return page;
  }

  /** What the pages logged, threw and asked of the network. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
