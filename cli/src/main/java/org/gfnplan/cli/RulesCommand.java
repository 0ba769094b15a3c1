package org.gfnplan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.gfnplan.cli.render.CatalogueMarkdown;
import org.gfnplan.cli.render.CatalogueText;
import org.gfnplan.models.catalogue.Catalogue;
import org.gfnplan.models.catalogue.CatalogueJson;
import org.gfnplan.models.catalogue.FindingEntry;
import org.gfnplan.models.catalogue.RuleEntry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gfnplan rules}: what the ids in answers stand for. */
@Command(
    name = "rules",
    description = "Tells what the ids of rules and findings stand for; all, or those named.",
    mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {
  /** The forms of the catalogue. */
  enum Form {
    TEXT,
    JSON,
    MARKDOWN
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "Rules (D2) and findings (mtrrs-run-out).")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text, json or markdown (all of it). Default: ${DEFAULT-VALUE}.")
  private Form form = Form.TEXT;

  @Mixin private LineOutput output = new LineOutput();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("the command must be run by picocli");
    }
    CommandLine here = spec.commandLine();
    Catalogue catalogue = Catalogue.get();
    List<RuleEntry> rules = new ArrayList<>();
    List<FindingEntry> findings = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String id : ids) {
      RuleEntry rule = catalogue.rule(id);
      FindingEntry finding = catalogue.finding(id);
      if (rule != null && !rules.contains(rule)) {
        rules.add(rule);
      } else if (finding != null && !findings.contains(finding)) {
        findings.add(finding);
      } else if (rule == null && finding == null) {
        unknown.add(id);
      }
    }
    if (!unknown.isEmpty()) {
      throw new CommandLine.ParameterException(
          here, "no rule and no finding has the id " + String.join(", ", unknown));
    }
    if (form == Form.MARKDOWN && !ids.isEmpty()) {
      throw new CommandLine.ParameterException(here, "markdown is the whole page: leave ID out");
    }
    boolean all = ids.isEmpty();
    return output.write(
        here,
        out -> {
          List<RuleEntry> wanted = all ? catalogue.rules() : rules;
          List<FindingEntry> found = all ? catalogue.findings() : findings;
          out.print(
              switch (form) {
                case TEXT -> CatalogueText.of(wanted, found);
                case JSON -> CatalogueJson.pretty(wanted, found) + "\n";
                case MARKDOWN -> CatalogueMarkdown.of(catalogue);
              });
          return ExitCode.LAYOUT;
        });
  }
}
