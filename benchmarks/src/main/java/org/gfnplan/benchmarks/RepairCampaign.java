package org.gfnplan.benchmarks;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.gfnplan.cli.planning.EngineChoice;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.cli.planning.Platforms;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Change;
import org.gfnplan.models.platform.Platform;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.Repair;
import org.gfnplan.solver.answer.Conflict;
import org.gfnplan.solver.answer.Layout;
import org.gfnplan.solver.answer.Step;
import org.gfnplan.solver.explain.Solver;
import org.gfnplan.solver.search.Backend;
import org.gfnplan.solver.search.Budget;

/**
 * Does every conflict of a real host come with repairs that hold? Plans guests on each host of a
 * folder: five sizes with all reserved memory and with all devices that have some, then random
 * guests until as many conflicts were met as asked for. Another engine looks at each conflict and
 * each repair again, each change of a repair is left out in turn, and each diff is applied. Ends
 * with 1 when something did not hold.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar org.gfnplan.benchmarks.RepairCampaign \
 *     --hosts corpus/hosts --random 10000</pre>
 */
public final class RepairCampaign {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "hosts", "",
          "random", "1000",
          "from", "0",
          "corpus", "yes",
          "again", "cp-sat",
          "steps", "200000",
          "seconds", "10");
  private static final int[] SIZES = {1, 2, 4, 8, 64};

  private final Planner planner = new Planner(EngineChoice.AUTO.solver(), Budget.DEFAULT);
  private final Backend again;
  private final Solver judge;
  private final Budget budget;
  private Tally tally = new Tally();

  private RepairCampaign(Backend again, Budget budget) {
    this.again = again;
    this.judge = EngineChoice.CP_SAT.solver();
    this.budget = budget;
  }

  /** Runs both parts. */
  public static void main(String[] args) throws IOException, UnusableInput {
    Options options = new Options(args, DEFAULTS);
    RepairCampaign campaign =
        new RepairCampaign(
            Engines.named(options.text("again")).get(0),
            new Budget(options.number("steps"), Duration.ofSeconds(options.number("seconds"))));
    List<Host> hosts = hosts(Path.of(options.text("hosts")));
    int failed = options.text("corpus").equals("yes") ? campaign.corpus(hosts) : 0;
    failed += campaign.random(hosts, options.number("from"), options.number("random"));
    System.exit(failed == 0 ? 0 : 1);
  }

  private static List<Host> hosts(Path folder) throws IOException, UnusableInput {
    List<Host> hosts = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path each : folders.sorted().toList()) {
        if (Files.exists(each.resolve("DMAR.dat"))) {
          hosts.add(HostReader.read(List.of(each)));
        }
      }
    }
    return hosts;
  }

  private int corpus(List<Host> hosts) {
    for (Host host : hosts) {
      for (int gib : SIZES) {
        for (boolean strategy : new boolean[] {true, false}) {
          run(host, RandomScenes.whole(host, strategy, gib), "%d GiB".formatted(gib));
        }
      }
    }
    tally.print("hosts with all of their reserved memory:");
    return tally.of("FAILED");
  }

  private int random(List<Host> hosts, long from, long wanted) {
    tally = new Tally();
    for (long seed = from; tally.of("conflicts") < wanted; seed++) {
      Host host = hosts.get((int) (seed * 31 % hosts.size()));
      run(host, RandomScenes.of(host, seed), "seed " + seed);
    }
    tally.print("random guests:");
    return tally.of("FAILED");
  }

  private void run(Host host, RandomScenes.Text text, String label) {
    tally.count("scenes");
    String where = host.name() + " " + label;
    try {
      GuestReader.Source read =
          GuestReader.source(text.name(), text.content().getBytes(StandardCharsets.UTF_8));
      Scene scene = new Scene(host, read.guest(), read.text());
      Platform platform = Platforms.of(read.guest().platform());
      long start = System.nanoTime();
      Plan plan = planner.plan(scene, platform);
      if (!(plan.answer() instanceof Conflict conflict)) {
        tally.count(plan.verdict().word());
        return;
      }
      tally.time(System.nanoTime() - start);
      conflict(where, plan, conflict);
      for (Repair repair : plan.repairs()) {
        repair(where, scene, repair);
      }
    } catch (UnusableInput unusable) {
      tally.count("unusable");
    } catch (RuntimeException | PatchFailedException bug) {
      failed(where, bug.toString());
    }
  }

  private void conflict(String where, Plan plan, Conflict conflict) {
    tally.count("conflicts");
    tally.count("conflicts with %d repairs".formatted(plan.repairs().size()));
    tally.count("statements %3d".formatted(conflict.statements().size()));
    conflict.steps().forEach(step -> tally.count("step " + step.getClass().getSimpleName()));
    Step last = conflict.steps().get(conflict.steps().size() - 1);
    tally.count("ends in " + last.getClass().getSimpleName());
    String complaint = ConflictAgain.complaint(plan.problem(), conflict, again, budget);
    if (complaint != null && !complaint.equals(ConflictAgain.UNKNOWN)) {
      failed(where, complaint);
    } else if (complaint != null) {
      tally.count("not looked at again to the end");
    }
  }

  private void repair(String where, Scene scene, Repair repair) throws PatchFailedException {
    tally.count("repairs");
    tally.count("repairs with %d changes".formatted(repair.changes().size()));
    for (Change change : repair.changes()) {
      tally.count("change " + change.key().split("[ =]", 2)[0]);
    }
    if (!fits(scene, repair.guest())) {
      failed(where, "no layout with " + titles(repair));
    }
    for (Change left : repair.changes()) {
      Guest guest = scene.guest();
      for (Change change : repair.changes()) {
        guest = change.key().equals(left.key()) ? guest : change.edit().apply(guest);
      }
      if (repair.changes().size() > 1 && fits(scene, guest)) {
        failed(where, "%s is not needed in %s".formatted(left.title(), titles(repair)));
      }
    }
    String diff = repair.diff();
    if (diff == null) {
      repair.changes().forEach(change -> tally.count("no diff " + change.key().split("[ =]")[0]));
      return;
    }
    tally.count("diffs");
    patched(where, scene, diff);
  }

  private void patched(String where, Scene scene, String diff) throws PatchFailedException {
    if (scene.text() == null) {
      failed(where, "a diff of no text");
      return;
    }
    List<String> lines = List.of(scene.text().content().split("\n", -1));
    List<String> changed =
        UnifiedDiffUtils.parseUnifiedDiff(Arrays.asList(diff.split("\n"))).applyTo(lines);
    try {
      Guest guest =
          GuestReader.read("g", String.join("\n", changed).getBytes(StandardCharsets.UTF_8));
      if (!fits(scene, guest)) {
        failed(where, "no layout with the diff\n" + diff);
      }
    } catch (UnusableInput unusable) {
      failed(where, "the diff cannot be read\n" + diff);
    }
  }

  private boolean fits(Scene scene, Guest guest) {
    Scene changed = scene.with(guest);
    Platform platform = Platforms.of(guest.platform());
    return platform.unusable(changed).isEmpty()
        && judge.answer(platform.model(changed).problem(), budget).answer() instanceof Layout;
  }

  private static String titles(Repair repair) {
    return String.join(" and ", repair.changes().stream().map(Change::title).toList());
  }

  private void failed(String where, String why) {
    tally.count("FAILED");
    System.out.printf(Locale.ROOT, "FAILED %s: %s%n", where, why);
  }
}
