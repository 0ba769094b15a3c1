package org.gfnplan.models.guest.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.qemu.QemuArguments.Argument;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.Stated;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Reads a guest from the command line that starts it: a script that holds {@code qemu-system-x86_64
 * ...}, or its arguments alone.
 */
public final class QemuCommandReader {
  private static final Pattern PROGRAM =
      Pattern.compile("(?:.*/)?(?:qemu-system-[a-z0-9_]+|qemu-kvm|kvm)");
  private static final Pattern SETTING = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=[\\s\\S]*");
  private static final Pattern STARTER = Pattern.compile("(?:.*/)?(?:exec|sudo|env|nohup|time)");
  private static final Pattern CALL =
      Pattern.compile(
          "^[ \\t]*+(?:[A-Za-z_]\\w*+=\\S*+[ \\t]++){0,50}(?:(?:\\S*/)?(?:exec|sudo|env|nohup|time)[ \\t]++"
              + "(?:-\\S++[ \\t]++){0,50}(?:[A-Za-z_]\\w*+=\\S*+[ \\t]++){0,50}){0,5}"
              + "(?:\\S*/)?(?:qemu-system-[a-z0-9_]++|qemu-kvm|kvm)(?:[ \\t]++[^=\\s]|[ \\t]*+$)",
          Pattern.MULTILINE);
  private static final Pattern BARE =
      Pattern.compile("\\A(?:[ \\t]*+(?:#.*+)?\\n)*+[ \\t]*+--?[A-Za-z]");
  private static final long USUAL_MEMORY = 128 << 20;

  private QemuCommandReader() {}

  /** Whether a text looks like a command line of QEMU. */
  public static boolean recognises(String content) {
    return BARE.matcher(content).lookingAt() || CALL.matcher(content).find();
  }

  /** The guest; null with a problem. */
  public static @Nullable Guest read(SourceText source, List<InputProblem> problems) {
    List<ShellWords.Word> words = wordsOf(source, problems);
    VmDraft draft = new VmDraft(source.whole(), problems);
    boolean bare = isBare(source);
    String program = bare || words.isEmpty() ? "" : words.get(0).text();
    List<Argument> arguments = new ArrayList<>();
    for (ShellWords.Word word : words.subList(bare ? 0 : Math.min(1, words.size()), words.size())) {
      arguments.add(new Argument(word.text(), source.origin(word.line()), word.expands()));
    }
    if (program.contains("qemu-system-") && !program.matches(".*-(?:x86_64|i386)")) {
      draft.problem(source.whole(), "`" + program + "` is not a program for x86 guests");
    }
    boolean any = new QemuArguments(draft, program.endsWith("kvm"), problems).read(arguments, true);
    if (bare && !any) {
      draft.problem(source.whole(), "holds no option of QEMU that shapes the layout");
    }
    return draft.guest(
        "pc", Stated.byDefault(USUAL_MEMORY, Origin.builtIn("QEMU", "memory defaults to 128 MiB")));
  }

  /** The words of the first command that names QEMU, from its name on; of a bare text, all. */
  static List<ShellWords.Word> wordsOf(SourceText source, List<InputProblem> problems) {
    List<List<ShellWords.Word>> commands = ShellWords.commands(source, problems);
    if (isBare(source)) {
      return commands.stream().flatMap(List::stream).toList();
    }
    for (List<ShellWords.Word> command : commands) {
      int at = programOf(command);
      if (at < command.size()) {
        return command.subList(at, command.size());
      }
    }
    return List.of();
  }

  private static boolean isBare(SourceText source) {
    return BARE.matcher(source.content()).lookingAt();
  }

  /** Where a command names QEMU, behind settings and what starts it; its size when it does not. */
  private static int programOf(List<ShellWords.Word> command) {
    for (int i = 0; i < command.size(); i++) {
      String text = command.get(i).text();
      if (PROGRAM.matcher(text).matches()) {
        return i;
      }
      boolean flag = i > 0 && text.startsWith("-");
      if (!flag && !SETTING.matcher(text).matches() && !STARTER.matcher(text).matches()) {
        return command.size();
      }
    }
    return command.size();
  }
}
