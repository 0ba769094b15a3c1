package org.gfnplan.models.guest.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.SourceText;

/** The words of a QEMU command line and where they stand in its text. */
public final class QemuWords {
  /**
   * A word.
   *
   * @param text without quotes and backslashes
   * @param start the index of its first character, quotes included
   * @param end the index behind its last
   */
  public record Word(String text, int start, int end) {}

  private QemuWords() {}

  /** The words of the command that starts QEMU, or of all where a text holds only options. */
  public static List<Word> of(SourceText text) {
    return QemuCommandReader.wordsOf(text, new ArrayList<>()).stream()
        .map(word -> new Word(word.text(), word.start(), word.end()))
        .toList();
  }
}
