package org.gfnplan.models.guest.qemu;

import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;

/**
 * Cuts a shell script into commands and their words: quotes, backslashes and comments as POSIX has
 * them. Nothing is expanded; a word that a shell would expand says so.
 */
final class ShellWords {
  private static final String ENDS = "\n;&|<>()";

  /**
   * A word of a command.
   *
   * @param text without quotes and backslashes
   * @param line where it starts
   * @param start the index of its first character, quotes included
   * @param end the index behind its last
   * @param expands whether a shell would put something else in its place
   */
  record Word(String text, int line, int start, int end, boolean expands) {}

  private final SourceText source;
  private final String content;
  private final List<InputProblem> problems;
  private final List<List<Word>> commands = new ArrayList<>();
  private List<Word> command = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean expands;
  private int line = 1;
  private int wordLine = 1;
  private int wordStart;
  private int at;

  private ShellWords(SourceText source, List<InputProblem> problems) {
    this.source = source;
    this.content = source.content();
    this.problems = problems;
  }

  /** The commands that have words, in order. */
  static List<List<Word>> commands(SourceText source, List<InputProblem> problems) {
    ShellWords words = new ShellWords(source, problems);
    words.read();
    return words.commands;
  }

  private void read() {
    while (at < content.length()) {
      char c = content.charAt(at++);
      if (ENDS.indexOf(c) >= 0) {
        endCommand(at - 1);
        line += c == '\n' ? 1 : 0;
      } else if (c == ' ' || c == '\t') {
        endWord(at - 1);
      } else if (c == '#' && !inWord) {
        int end = content.indexOf('\n', at);
        at = end < 0 ? content.length() : end;
      } else {
        part(c);
      }
    }
    endCommand(at);
  }

  private void part(char c) {
    if (c == '\\' && at < content.length() && content.charAt(at) == '\n') {
      at++;
      line++;
      return;
    }
    if (!inWord) {
      inWord = true;
      wordLine = line;
      wordStart = at - 1;
    }
    switch (c) {
      case '\\' -> {
        if (at < content.length()) {
          word.append(content.charAt(at++));
        }
      }
      case '\'', '"' -> quoted(c);
      default -> plain(c);
    }
  }

  private void quoted(char quote) {
    int opened = line;
    while (at < content.length()) {
      char c = content.charAt(at++);
      if (c == quote) {
        return;
      }
      line += c == '\n' ? 1 : 0;
      if (quote == '\'') {
        word.append(c);
      } else if (c == '\\'
          && at < content.length()
          && "\"\\$`\n".indexOf(content.charAt(at)) >= 0) {
        char next = content.charAt(at++);
        line += next == '\n' ? 1 : 0;
        if (next != '\n') {
          word.append(next);
        }
      } else {
        plain(c);
      }
    }
    problems.add(new InputProblem(source.origin(opened), "the quote is not closed"));
  }

  private void plain(char c) {
    expands |= c == '$' || c == '`';
    word.append(c);
  }

  private void endWord(int end) {
    if (inWord) {
      command.add(new Word(word.toString(), wordLine, wordStart, end, expands));
      word.setLength(0);
      inWord = false;
      expands = false;
    }
  }

  private void endCommand(int end) {
    endWord(end);
    if (!command.isEmpty()) {
      commands.add(command);
      command = new ArrayList<>();
    }
  }
}
