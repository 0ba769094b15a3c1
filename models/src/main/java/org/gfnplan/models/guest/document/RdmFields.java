package org.gfnplan.models.guest.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.KeptRange;
import org.gfnplan.models.guest.RdmPolicies;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.guest.RdmWishes;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.models.input.document.Node;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.space.Gfn;
import org.jspecify.annotations.Nullable;

/** Reads what a document says about reserved device memory. */
final class RdmFields {
  private static final Map<String, RdmPolicy> POLICIES =
      Map.of("strict", RdmPolicy.STRICT, "relaxed", RdmPolicy.RELAXED);
  private static final Map<String, Guest.RdmStrategy> STRATEGIES =
      Map.of("ignore", Guest.RdmStrategy.IGNORE, "host", Guest.RdmStrategy.HOST);
  private static final long LIMIT = Gfn.LIMIT * Gfn.BYTES;

  private final Scope scope;

  RdmFields(Scope scope) {
    this.scope = scope;
  }

  /** The key {@code rdm}; null stands for a document without it. */
  RdmWishes wishes(@Nullable Fields rdm) {
    Stated<Guest.RdmStrategy> strategy =
        scope.silent(Guest.RdmStrategy.IGNORE, "rdm strategy defaults to ignore");
    Stated<RdmPolicy> policy = scope.silent(RdmPolicy.RELAXED, "rdm policy defaults to relaxed");
    Stated<Long> boundary = scope.silent(2048L, "rdm_mem_boundary defaults to 2048 MiB");
    if (rdm == null) {
      return RdmWishes.of(strategy, policy, boundary);
    }
    scope.check(rdm, "boundary");
    strategy = orElse(rdm.word("strategy", STRATEGIES), strategy);
    policy = orElse(rdm.word("policy", POLICIES), policy);
    Stated<Long> bytes = scope.memory(rdm, "boundary", 0);
    if (bytes != null) {
      boundary = Stated.by(bytes.value() / Scope.MIB, bytes.origin());
    }
    Stated<Boolean> mirror = rdm.flag("mirror_host");
    List<KeptRange> ranges = ranges(rdm, policy.value());
    rdm.reportUnknown();
    Origin asked = mirror != null && mirror.value() ? mirror.origin() : null;
    return new RdmWishes(strategy, policy, boundary, asked, ranges);
  }

  /** The key {@code rdm_policy} of a device: one word, or a word for each of three questions. */
  @Nullable RdmPolicies policies(Fields device) {
    if (!(device.get("rdm_policy") instanceof Node.Mapping)) {
      Stated<RdmPolicy> word = device.word("rdm_policy", POLICIES);
      return word == null ? null : RdmPolicies.all(word.value());
    }
    Fields each = device.fields("rdm_policy");
    if (each == null) {
      return null;
    }
    RdmPolicies policies =
        new RdmPolicies(policy(each, "ram"), policy(each, "p2m"), policy(each, "sharing"));
    each.reportUnknown();
    return policies;
  }

  private static RdmPolicy policy(Fields fields, String key) {
    Stated<RdmPolicy> policy = fields.word(key, POLICIES);
    return policy == null ? RdmPolicy.STRICT : policy.value();
  }

  private static List<KeptRange> ranges(Fields rdm, RdmPolicy usual) {
    List<KeptRange> ranges = new ArrayList<>();
    Map<String, Origin> seen = new HashMap<>();
    for (Fields item : Lists.of(rdm, "ranges", Lists.MOST_ITEMS)) {
      Stated<String> name = Lists.uniqueName(item, seen);
      item.require("start");
      Stated<Long> start = Scope.multiple(item, "start", Scope.PAGE, 0, LIMIT - Scope.PAGE);
      Stated<Long> size = Scope.multiple(item, "size", Scope.PAGE, Scope.PAGE, LIMIT);
      Stated<Long> end = Scope.multiple(item, "end", Scope.PAGE, Scope.PAGE, LIMIT);
      Stated<RdmPolicy> policy = item.word("policy", POLICIES);
      item.reportUnknown();
      if (item.has("size") == item.has("end")) {
        item.problemAt("start", "either `end` or `size` must be given");
      }
      if (name == null || start == null || (size == null && end == null)) {
        continue;
      }
      long stop = end != null ? end.value() : start.value() + (size == null ? 0 : size.value());
      if (stop <= start.value() || stop > LIMIT) {
        item.problemAt(
            end != null ? "end" : "size",
            stop > LIMIT
                ? "the range ends beyond 52 address bits"
                : "the range %s..%s ends before it starts"
                    .formatted(Sizes.address(start.value()), Sizes.address(stop)));
        continue;
      }
      ranges.add(
          new KeptRange(
              name.value(),
              start.value(),
              stop,
              policy == null ? usual : policy.value(),
              start.origin()));
    }
    return ranges;
  }

  private static <T> Stated<T> orElse(@Nullable Stated<T> stated, Stated<T> other) {
    return stated == null ? other : stated;
  }
}
