package org.gfnplan.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar, and of the JDK it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"gfnplan " + number(), "Java " + Runtime.version()};
  }

  /** The version of the jar; {@code development} when the program runs without one. */
  static String number() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
