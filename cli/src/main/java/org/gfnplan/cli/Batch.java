package org.gfnplan.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.cli.planning.HostPlanner;
import org.gfnplan.cli.planning.Planner;
import org.gfnplan.models.batch.BatchRequest;
import org.gfnplan.models.guest.GuestReader;
import org.gfnplan.models.host.Host;
import org.gfnplan.models.host.HostReader;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.Scene;
import org.gfnplan.models.platform.hostwide.Tenant;
import org.gfnplan.models.report.HostPlan;
import org.gfnplan.models.report.HostPlanJson;
import org.gfnplan.models.report.Plan;
import org.gfnplan.models.report.PlanJson;
import org.gfnplan.solver.problem.Origin;

/**
 * Plans the guest or the guests of each line of a stream, and answers with a line each, in order.
 */
final class Batch {
  private static final int MOST_HOSTS = 256;
  private static final List<Integer> WORST_FIRST =
      List.of(ExitCode.BUG, ExitCode.UNUSABLE, ExitCode.UNDECIDED, ExitCode.CONFLICT);

  private final Planner planner;
  private final FailOn failOn;
  private final String name;

  // A pool is planned against few hosts; reading each once is most of the speed of a batch.
  private final Map<List<Path>, Host> hosts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Path>, Host> eldest) {
          return size() > MOST_HOSTS;
        }
      };

  Batch(Planner planner, FailOn failOn, String name) {
    this.planner = planner;
    this.failOn = failOn;
    this.name = name;
  }

  /** Answers every line that is not blank; the exit code is that of the worst answer. */
  int run(Lines lines, PrintWriter out) throws UnusableInput {
    int worst = ExitCode.LAYOUT;
    String line = lines.next();
    // The check flushes each answer as well; nobody reads on behind a closed pipe.
    for (; line != null && !out.checkError(); line = lines.next()) {
      worst = worse(worst, answer(lines.number(), line, out));
    }
    return worst;
  }

  private int answer(int number, String line, PrintWriter out) {
    try {
      BatchRequest request = BatchRequest.parse(name, number, line);
      return request.together() ? together(request, out) : alone(request, out);
    } catch (UnusableInput unusable) {
      out.println(PlanJson.unusableLine(unusable.problems()));
      return ExitCode.UNUSABLE;
    } catch (RuntimeException | Error bug) {
      // One line that shows a bug must not take the answers of the others with it.
      out.println(
          PlanJson.unusableLine(
              List.of(new InputProblem(Origin.line(name, number, ""), Main.describe(bug)))));
      return ExitCode.BUG;
    }
  }

  private int alone(BatchRequest request, PrintWriter out) throws UnusableInput {
    Read read = read(request);
    GuestReader.Source guest = read.guests().get(0);
    Plan plan =
        planner.plan(
            new Scene(read.host(), guest.guest(), guest.text()),
            planner.platform(guest.guest().platform()));
    out.println(PlanJson.line(plan));
    return failOn.code(plan);
  }

  private int together(BatchRequest request, PrintWriter out) throws UnusableInput {
    Read read = read(request);
    List<Tenant> tenants =
        read.guests().stream()
            .map(each -> new Tenant(each.guest(), each.guest().platform(), each.text()))
            .toList();
    HostPlan plan = new HostPlanner(planner).plan(read.host(), tenants);
    out.println(HostPlanJson.line(plan));
    return failOn.code(plan);
  }

  /**
   * What a line names, read.
   *
   * @param host the host
   * @param guests the guests, at least one
   */
  private record Read(Host host, List<GuestReader.Source> guests) {}

  private Read read(BatchRequest request) throws UnusableInput {
    List<InputProblem> problems = new ArrayList<>();
    Host host = null;
    try {
      host = host(request.hosts());
    } catch (UnusableInput unusable) {
      problems.addAll(unusable.problems());
    }
    List<GuestReader.Source> guests = new ArrayList<>();
    for (BatchRequest.Source source : request.guests()) {
      try {
        guests.add(guest(source));
      } catch (UnusableInput unusable) {
        problems.addAll(unusable.problems());
      }
    }
    if (host == null || !problems.isEmpty()) {
      throw new UnusableInput(problems);
    }
    return new Read(host, guests);
  }

  private Host host(List<BatchRequest.Source> sources) throws UnusableInput {
    List<Path> paths = new ArrayList<>();
    for (BatchRequest.Source source : sources) {
      if (source instanceof BatchRequest.Source.Path path) {
        paths.add(path(path.text()));
      } else if (source instanceof BatchRequest.Source.Document document) {
        return host(document, sources.size());
      }
    }
    Host host = hosts.get(paths);
    if (host == null) {
      host = HostReader.read(paths);
      hosts.put(paths, host);
    }
    return host;
  }

  /** A document is named after its line, so that no other line could use it again. */
  private static Host host(BatchRequest.Source.Document document, int count) throws UnusableInput {
    if (count > 1) {
      throw new UnusableInput(
          List.of(Inputs.problem(document.name(), "a document must be the only host")));
    }
    return HostReader.readText(document.name(), document.bytes());
  }

  private static GuestReader.Source guest(BatchRequest.Source source) throws UnusableInput {
    return source instanceof BatchRequest.Source.Document document
        ? GuestReader.source(document.name(), document.bytes())
        : GuestReader.source(path(((BatchRequest.Source.Path) source).text()));
  }

  private static Path path(String text) throws UnusableInput {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UnusableInput(List.of(Inputs.problem(text, "not a path: " + e.getReason())));
    }
  }

  private static int worse(int one, int other) {
    for (int code : WORST_FIRST) {
      if (one == code || other == code) {
        return code;
      }
    }
    return ExitCode.LAYOUT;
  }
}
