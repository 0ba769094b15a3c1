package org.gfnplan.cli.render.markup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Style sheets, scripts and pages that are part of the program. */
public final class Resource {
  private Resource() {}

  /** The text of a resource in the folder of the renderers. */
  public static String text(String name) {
    try (InputStream in = Resource.class.getResourceAsStream("/org/gfnplan/cli/render/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("a resource must be there: name=" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
