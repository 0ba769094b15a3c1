package org.gfnplan.cli.render.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.cli.render.markup.Markup;
import org.gfnplan.cli.render.markup.Resource;

/**
 * A page that needs nothing else: style and script are in it, and its policy forbids all others.
 *
 * <p>The template is a page of its own; in it {@code <!--name-->default<!--/-->} is replaced.
 */
final class Page {
  private static final Pattern PLACE = Pattern.compile("<!--(\\w+)-->.*?<!--/-->", Pattern.DOTALL);

  private Page() {}

  /** The page with this title, as text, and this body, as markup. */
  static String of(String title, String body) {
    String style = data(Resource.text("map.css") + Resource.text("report.css"));
    String script = data(Resource.text("report.js"));
    Map<String, String> parts =
        Map.of(
            "policy",
            new Markup()
                .empty(
                    "meta",
                    "http-equiv",
                    "Content-Security-Policy",
                    "content",
                    "default-src 'none'; style-src '%s'; script-src '%s'"
                        .formatted(hash(style), hash(script)))
                .toString(),
            "title",
            new Markup().leaf("title", title.replace("`", "")).toString(),
            "style",
            "<style>" + style + "</style>",
            "report",
            body,
            "script",
            "<script>" + script + "</script>");
    return PLACE
        .matcher(Resource.text("report.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
  }

  /** Style or script, so that readers of XML and of HTML find the same in it. */
  private static String data(String text) {
    return "/*<![CDATA[*/\n" + text + "/*]]>*/";
  }

  /** What a browser compares an element of the page with before it obeys it. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK must have SHA-256", e);
    }
  }
}
