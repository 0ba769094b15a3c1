package org.gfnplan.models.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.Bytes;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.Severity;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Puts the persistent memory of several sources together, and refuses what cannot be. */
final class PmemMerge {
  /*
   * The same region has a number in the NFIT table and none in /proc/iomem, so regions and
   * namespaces are the same when their extents are. The kernel may cut or join ranges of firmware;
   * a region that others of another source hold as well is left out. Any other overlap means that
   * two owners write the same bytes: refused.
   */
  private final List<SourceFacts> sources;
  private final List<Finding> findings;
  private final List<InputProblem> problems;
  private final Map<List<Object>, Claim> byName = new LinkedHashMap<>();
  private final Map<List<Object>, SourceFacts> byExtents = new HashMap<>();

  PmemMerge(List<SourceFacts> sources, List<Finding> findings, List<InputProblem> problems) {
    this.sources = sources;
    this.findings = findings;
    this.problems = problems;
  }

  /** Everything once, by kind, then by address. */
  List<HostPmem> merged() {
    List<Claim> all = new ArrayList<>();
    for (SourceFacts source : sources) {
      for (HostPmem memory : source.pmem()) {
        add(new Claim(all.size(), source, memory), all);
      }
    }
    for (HostPmem.Kind kind : HostPmem.Kind.values()) {
      findOverlaps(of(kind, all), all);
    }
    findOutside(all);
    Map<String, HostPmem> namespaces = new HashMap<>();
    for (Claim claim : of(HostPmem.Kind.NAMESPACE, all)) {
      namespaces.put(claim.memory().name(), claim.memory());
    }
    sources.forEach(source -> source.pmemSizes().forEach(size -> join(size, namespaces)));
    List<HostPmem> sized = new ArrayList<>(namespaces.values());
    all.stream()
        .map(Claim::memory)
        .filter(memory -> memory.kind() != HostPmem.Kind.NAMESPACE)
        .forEach(sized::add);
    sized.sort(HostPmem.BY_ADDRESS);
    return sized;
  }

  private void add(Claim claim, List<Claim> all) {
    HostPmem memory = claim.memory();
    SourceFacts known =
        byExtents.putIfAbsent(List.of(memory.kind(), memory.extents()), claim.source());
    if (known != null && known != claim.source()) {
      return;
    }
    Claim before = byName.putIfAbsent(List.of(memory.kind(), memory.name()), claim);
    if (before == null) {
      all.add(claim);
    } else if (before.source() == claim.source()) {
      problem(
          memory.origin(),
          "%s is given twice, first in %s"
              .formatted(memory.label(), before.memory().origin().shortForm()));
    } else {
      disagree(
          "%s is elsewhere in %s, which is used"
              .formatted(memory.label(), before.memory().origin().shortForm()),
          memory.origin());
    }
  }

  private static List<Claim> of(HostPmem.Kind kind, Collection<Claim> all) {
    return all.stream().filter(claim -> claim.memory().kind() == kind).toList();
  }

  private void findOverlaps(List<Claim> claims, List<Claim> all) {
    List<Piece> pieces = new ArrayList<>();
    for (Claim claim : claims) {
      claim.memory().extents().forEach(range -> pieces.add(new Piece(range, claim)));
    }
    pieces.sort((one, other) -> one.range().compareTo(other.range()));
    Piece farthest = null;
    for (Piece piece : pieces) {
      if (farthest != null && farthest.range().overlaps(piece.range())) {
        overlap(farthest, piece, all);
      }
      if (farthest == null || piece.range().endByte() > farthest.range().endByte()) {
        farthest = piece;
      }
    }
  }

  private void overlap(Piece one, Piece other, List<Claim> all) {
    boolean otherIsLater = other.claim().ordinal() >= one.claim().ordinal();
    Piece later = otherIsLater ? other : one;
    Piece earlier = otherIsLater ? one : other;
    HostPmem memory = later.claim().memory();
    String message =
        "extent %s of %s overlaps extent %s of %s in %s"
            .formatted(
                later.range(),
                memory.label(),
                earlier.range(),
                earlier.claim().memory().label(),
                earlier.claim().memory().origin().shortForm());
    Claim left =
        later.claim().source() == earlier.claim().source() ? null : covered(one, other, all);
    if (left == null) {
      problem(memory.origin(), message);
    } else {
      findings.add(
          new Finding(
              Severity.NOTE,
              HostMerge.DISAGREE,
              "%s; %s is left out".formatted(message, left.memory().label()),
              memory.origin()));
      all.remove(left);
    }
  }

  /* The region of the two that the others hold as well, so that leaving it out loses no byte. */
  private static @Nullable Claim covered(Piece one, Piece other, List<Claim> all) {
    if (one.claim().memory().kind() != HostPmem.Kind.REGION) {
      return null;
    }
    boolean otherIsLater = other.claim().ordinal() > one.claim().ordinal();
    Claim later = otherIsLater ? other.claim() : one.claim();
    Claim earlier = otherIsLater ? one.claim() : other.claim();
    for (Claim claim : List.of(later, earlier)) {
      ByteUnion rest =
          new ByteUnion(
              of(HostPmem.Kind.REGION, all).stream()
                  .filter(region -> region.ordinal() != claim.ordinal())
                  .flatMap(region -> region.memory().extents().stream())
                  .toList());
      if (claim.memory().extents().stream().allMatch(rest::holds)) {
        return claim;
      }
    }
    return null;
  }

  private void findOutside(List<Claim> all) {
    List<ByteRange> regions = ranges(HostPmem.Kind.REGION);
    List<ByteRange> places = new ArrayList<>(regions);
    places.addAll(ranges(HostPmem.Kind.NAMESPACE));
    findOutside(of(HostPmem.Kind.NAMESPACE, all), new ByteUnion(regions));
    findOutside(of(HostPmem.Kind.FILE, all), new ByteUnion(places));
  }

  private List<ByteRange> ranges(HostPmem.Kind kind) {
    return sources.stream()
        .flatMap(source -> source.pmem().stream())
        .filter(memory -> memory.kind() == kind)
        .flatMap(memory -> memory.extents().stream())
        .toList();
  }

  private void findOutside(List<Claim> claims, ByteUnion places) {
    if (places.isEmpty()) {
      return;
    }
    for (Claim claim : claims) {
      for (ByteRange extent : claim.memory().extents()) {
        if (!places.holds(extent)) {
          problem(
              claim.memory().origin(),
              "extent %s of %s lies outside the host's persistent memory"
                  .formatted(extent, claim.memory().label()));
        }
      }
    }
  }

  private void join(PmemSize size, Map<String, HostPmem> namespaces) {
    HostPmem memory = namespaces.get(size.name());
    if (memory != null) {
      namespaces.put(size.name(), withSize(memory, size));
      return;
    }
    findings.add(
        new Finding(
            Severity.WARNING,
            "pmem-without-address",
            "no source says where namespace `%s` is; /proc/iomem does when root reads it"
                .formatted(size.name()),
            size.origin()));
  }

  private HostPmem withSize(HostPmem memory, PmemSize size) {
    Long bytes = size.bytes();
    if (bytes == null) {
      return memory;
    }
    long most = ByteRange.sum(memory.extents());
    if (bytes > most) {
      disagree(
          "%s has %s here but %s in %s; the latter is used"
              .formatted(
                  memory.label(),
                  Bytes.format(bytes),
                  Bytes.format(most),
                  memory.origin().shortForm()),
          size.origin());
      return memory;
    }
    return new HostPmem(memory.kind(), memory.name(), bytes, memory.extents(), memory.origin());
  }

  private void problem(Origin origin, String message) {
    problems.add(new InputProblem(origin, message));
  }

  private void disagree(String message, Origin origin) {
    findings.add(new Finding(Severity.WARNING, HostMerge.DISAGREE, message, origin));
  }

  private record Claim(int ordinal, SourceFacts source, HostPmem memory) {}

  private record Piece(ByteRange range, Claim claim) {}
}
