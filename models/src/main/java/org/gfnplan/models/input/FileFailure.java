package org.gfnplan.models.input;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a failure to read or write a file means, in words that do not name Java. */
public final class FileFailure {
  private FileFailure() {}

  /** Why a file was not read. */
  public static String reading(Exception failure) {
    return reading(failure, "cannot be read");
  }

  /** The same; {@code otherwise} says what could not be done when nothing better is known. */
  public static String reading(Exception failure, String otherwise) {
    return words(failure, "no such file", otherwise);
  }

  /** Why a file was not written. */
  public static String writing(Exception failure) {
    return words(failure, "no such folder", "cannot be written");
  }

  private static String words(Exception failure, String missing, String otherwise) {
    if (failure instanceof NoSuchFileException) {
      return missing;
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String detail =
        failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
    return detail == null ? otherwise : otherwise + ": " + detail;
  }
}
