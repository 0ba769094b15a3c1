package org.gfnplan.models.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gfnplan.models.guest.document.GuestDocument;
import org.gfnplan.models.guest.libvirt.DomainReader;
import org.gfnplan.models.guest.qemu.QemuCommandReader;
import org.gfnplan.models.guest.xl.XlConfigReader;
import org.gfnplan.models.input.FileFailure;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.SourceText;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.input.document.DocumentReader;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.jspecify.annotations.Nullable;

/**
 * Reads a guest from whatever describes it: an xl.cfg file, libvirt's domain XML, a QEMU command
 * line, or gfnplan's own guest document in YAML or JSON. The content decides, the name of the file
 * does not.
 */
public final class GuestReader {
  private static final Pattern XL_ASSIGNMENT =
      Pattern.compile("^[ \\t]*[a-z][_0-9a-z]*[ \\t]*\\+?=", Pattern.MULTILINE);
  private static final Pattern DOCUMENT_KEY =
      Pattern.compile("^[\"']?gfnplan[\"']?[ \\t]*:", Pattern.MULTILINE);
  private static final Pattern YAML_KEY =
      Pattern.compile("^(?:---|- |[\\w\"'-]++[ \\t]*:(?:[ \\t]|$))", Pattern.MULTILINE);

  private GuestReader() {}

  /**
   * A guest and what it was read from.
   *
   * @param guest the guest
   * @param text the text that describes it
   */
  public record Source(Guest guest, SourceText text) {}

  /** What a text that describes a guest may be. */
  public enum Form {
    /** libvirt's domain XML. */
    DOMAIN,
    /** gfnplan's own guest document. */
    DOCUMENT,
    /** A command line of QEMU. */
    QEMU,
    /** An xl.cfg file. */
    XL
  }

  /** The guest that a file describes. */
  public static Guest read(Path file) throws UnusableInput {
    return source(file).guest();
  }

  /** The guest that a file describes, with the file's text. */
  public static Source source(Path file) throws UnusableInput {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(SourceText.MOST_BYTES + 1);
    } catch (IOException e) {
      Origin origin = new Origin(file.toString(), new Position.Whole(), file.toString());
      throw new UnusableInput(List.of(new InputProblem(origin, FileFailure.reading(e))));
    }
    return source(file.toString(), bytes);
  }

  /** The guest that a text describes; {@code name} is what origins call it. */
  public static Guest read(String name, byte[] bytes) throws UnusableInput {
    return source(name, bytes).guest();
  }

  /** The guest that a text describes, with the text. */
  public static Source source(String name, byte[] bytes) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    SourceText source = SourceText.read(name, bytes, problems);
    Guest guest = source == null ? null : read(source, problems);
    if (source == null || guest == null || !problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    return new Source(guest, source);
  }

  private static @Nullable Guest read(SourceText source, List<InputProblem> problems) {
    if (source.content().isBlank()) {
      problems.add(new InputProblem(source.whole(), "is empty"));
      return null;
    }
    return switch (form(source.content())) {
      case DOMAIN -> DomainReader.read(source, problems);
      case DOCUMENT -> document(source, problems);
      case QEMU -> QemuCommandReader.read(source, problems);
      case XL -> XlConfigReader.read(source, problems);
    };
  }

  /** What a text looks like. */
  public static Form form(String content) {
    if (content.stripLeading().startsWith("<")) {
      return Form.DOMAIN;
    }
    if (isDocument(content)) {
      return Form.DOCUMENT;
    }
    return QemuCommandReader.recognises(content) ? Form.QEMU : Form.XL;
  }

  /*
   * An xl.cfg file has assignments, a document has keys with colons. A line of a document may look
   * like an assignment (in a long text), so the key that every document has is looked for first.
   */
  private static boolean isDocument(String content) {
    return content.stripLeading().startsWith("{")
        || DocumentReader.looksLikeJson(content)
        || DOCUMENT_KEY.matcher(content).find()
        || (!XL_ASSIGNMENT.matcher(content).find()
            && !QemuCommandReader.recognises(content)
            && YAML_KEY.matcher(content).find());
  }

  private static @Nullable Guest document(SourceText source, List<InputProblem> problems) {
    Node root = DocumentReader.read(source, problems);
    if (root == null) {
      return null;
    }
    if (root instanceof Node.Mapping map && map.get("gfnplan") != null) {
      return GuestDocument.read(map, source.whole(), problems);
    }
    problems.add(
        new InputProblem(
            source.whole(),
            "is no xl.cfg file, domain XML, QEMU command or guest document: a document has the key"
                + " `gfnplan: guest/1`"));
    return null;
  }
}
