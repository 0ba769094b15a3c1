package org.gfnplan.models.capture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfnplan.models.diff.Picture;
import org.gfnplan.models.host.MemoryMapEntry;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.models.input.UnusableInput;
import org.gfnplan.models.platform.MapEntry;
import org.gfnplan.models.report.PlanDocument;
import org.gfnplan.models.words.Sizes;
import org.gfnplan.solver.problem.Origin;
import org.gfnplan.solver.problem.Position;
import org.gfnplan.solver.space.GfnRange;
import org.gfnplan.solver.space.GfnSet;

/**
 * What hvmloader printed, as {@code xl dmesg} shows it; of several guests the one started last.
 *
 * @param document the file
 * @param highBase where it let registers above 4 GiB start, or 0 when it did not say
 * @param registers the memory registers it gave an address, in order
 * @param complaints the lines in which it tells of trouble
 * @param map the guest's map; empty when it did not come so far
 */
public record HvmloaderLog(
    String document,
    long highBase,
    List<Register> registers,
    List<String> complaints,
    List<MemoryMapEntry> map)
    implements Captured {
  /*
   * The formats are those of the printf calls of pci_setup (hvmloader pci.c) and dump_e820_table
   * (e820.c): 64-bit numbers are two words of hex without a prefix, and the address of a register
   * is its raw value, with the bits that tell its kind.
   */
  private static final Pattern PREFIX = Pattern.compile("^.*?\\((d\\d+)\\) ?");
  private static final Pattern REGISTER =
      Pattern.compile(
          "pci dev ([0-9a-f]{2}):([0-7]) bar ([0-9a-f]{2}) size ([0-9a-f]{9,16}):"
              + " (?:([0-9a-f]{9,16})|(no space for resource!))");
  private static final Pattern HIGH =
      Pattern.compile(
          "(?:No )?RAM in high memory; setting high_mem resource base to ([0-9a-f]{9,16})");
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\[\\d{2}\\]: ([0-9a-f]{8}):([0-9a-f]{8}) - ([0-9a-f]{8}):([0-9a-f]{8}): ([A-Z]+"
              + "|UNKNOWN \\([0-9a-f]{8}\\))");
  private static final Pattern TROUBLE =
      Pattern.compile("\\*\\*\\* HVMLoader .*|Fail to setup memory map .*|.*OVERLAP!!");
  private static final int ROM = 0x30;
  private static final long MOST = 1L << 52;

  /** More than a bus of 256 functions has, and more than any map holds. */
  private static final int MOST_LISTED = 2048;

  public HvmloaderLog {
    registers = List.copyOf(registers);
    complaints = List.copyOf(complaints);
    map = List.copyOf(map);
  }

  /**
   * A memory register with an address.
   *
   * @param name as the log calls it
   * @param range its frames
   */
  public record Register(String name, GfnRange range) {}

  /** Whether a text has a line that only hvmloader prints. */
  static boolean isOne(String text) {
    return text.lines()
        .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
        .anyMatch(line -> line.equals("HVM Loader") || line.equals("E820 table:"));
  }

  /**
   * The log of the last guest.
   *
   * @throws UnusableInput with every line that starts as one of hvmloader's and does not go on so
   */
  static HvmloaderLog read(String name, String text) throws UnusableInput {
    Reader reader = new Reader(name);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      reader.line(lines.get(i), i + 1);
    }
    if (reader.registers.size() > MOST_LISTED || reader.map.size() > MOST_LISTED) {
      throw Captured.unusable(
          name, "a guest has at most %d registers and map entries".formatted(MOST_LISTED));
    }
    if (!reader.problems.isEmpty()) {
      throw new UnusableInput(reader.problems);
    }
    if (reader.registers.isEmpty() && reader.complaints.isEmpty() && reader.map.isEmpty()) {
      throw Captured.unusable(name, "has neither registers nor a map by hvmloader");
    }
    return new HvmloaderLog(name, reader.highBase, reader.registers, reader.complaints, reader.map);
  }

  private static final class Reader {
    private final String name;
    private final List<InputProblem> problems = new ArrayList<>();
    private final List<Register> registers = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<MemoryMapEntry> map = new ArrayList<>();
    private long highBase;
    private String domain = "";

    private Reader(String name) {
      this.name = name;
    }

    private void line(String raw, int number) {
      Matcher prefix = PREFIX.matcher(raw);
      boolean marked = prefix.find();
      String line = (marked ? raw.substring(prefix.end()) : raw).strip();
      String from = marked ? prefix.group(1) : "";
      if (line.equals("HVM Loader")) {
        domain = from;
        registers.clear();
        complaints.clear();
        map.clear();
        highBase = 0;
      }
      if (!from.equals(domain) && !domain.isEmpty()) {
        return;
      }
      Origin origin = new Origin(name, new Position.Line(number), line);
      if (line.startsWith("pci dev ") && line.contains(" bar ")) {
        register(line, origin);
      } else if (line.contains("RAM in high memory; setting")) {
        Matcher high = HIGH.matcher(line);
        if (high.matches()) {
          highBase = number(high.group(1), origin);
        } else {
          odd(origin);
        }
      } else if (line.matches("\\[\\d{2}\\]: .*")) {
        entry(line, origin);
      } else if (TROUBLE.matcher(line).matches()) {
        complaints.add(line);
      }
    }

    private void register(String line, Origin origin) {
      Matcher match = REGISTER.matcher(line);
      if (!match.matches()) {
        odd(origin);
        return;
      }
      String register = "bar %s of %s:%s".formatted(match.group(3), match.group(1), match.group(2));
      if (match.group(6) != null) {
        complaints.add(line);
        return;
      }
      long raw = number(match.group(5), origin);
      long size = number(match.group(4), origin);
      boolean rom = Integer.parseInt(match.group(3), 16) == ROM;
      boolean io = !rom && (raw & 1) == 1;
      long start = raw & (rom ? ~0x7ffL : ~0xfL);
      if (!io && size >= 4096 && start + size <= MOST) {
        registers.add(new Register(register, GfnRange.coveringBytes(start, start + size)));
      }
    }

    private void entry(String line, Origin origin) {
      Matcher match = ENTRY.matcher(line);
      if (!match.matches()) {
        odd(origin);
        return;
      }
      long start = number(match.group(1) + match.group(2), origin);
      long end = number(match.group(3) + match.group(4), origin);
      if (start < end) {
        map.add(new MemoryMapEntry(start, end, match.group(5), origin));
      } else {
        odd(origin);
      }
    }

    private long number(String hex, Origin origin) {
      long value = Long.parseUnsignedLong(hex, 16);
      if (value < 0 || value > MOST) {
        problems.add(new InputProblem(origin, "an address must lie below 2^52: 0x" + hex));
        return 0;
      }
      return value;
    }

    private void odd(Origin origin) {
      problems.add(
          new InputProblem(origin, "hvmloader prints no such line: `%s`".formatted(origin.text())));
    }
  }

  @Override
  public String form() {
    return "hvmloader's log";
  }

  @Override
  public List<String> inconsistencies() {
    List<String> found = new ArrayList<>(complaints);
    for (int i = 0; i < registers.size(); i++) {
      Register one = registers.get(i);
      for (Register other : registers.subList(0, i)) {
        if (one.range.overlaps(other.range)) {
          found.add("%s lies on %s: %s".formatted(one.name, other.name, Sizes.range(one.range)));
        }
      }
      for (MemoryMapEntry entry : map) {
        GfnRange range = GfnRange.coveringBytes(entry.startByte(), entry.endByte());
        if (one.range.overlaps(range)) {
          found.add(
              "%s at %s lies on what the map calls %s at %s"
                  .formatted(one.name, Sizes.range(one.range), entry.type(), Sizes.range(range)));
        }
      }
    }
    return found;
  }

  @Override
  public List<Difference> differences(PlanDocument plan) throws UnusableInput {
    if (!plan.platform().equals("xen-hvm")) {
      throw Captured.unusable(
          document,
          "hvmloader starts guests of `xen-hvm` only, this plan is for `%s`"
              .formatted(plan.platform()));
    }
    List<Difference> found = new ArrayList<>();
    long planned = Math.max(PlannedRam.of(plan).highEnd(), PlannedRam.FOUR_GIB);
    if (highBase != 0 && highBase != planned) {
      found.add(
          new Difference(
              "the base of registers above 4 GiB, by " + Sizes.size(Math.abs(highBase - planned)),
              Sizes.address(planned),
              Sizes.address(highBase)));
    }
    if (!registers.isEmpty()) {
      found.addAll(registerDifferences(plan));
    }
    if (!map.isEmpty()) {
      found.addAll(GuestView.differences(plan, Picture.of(document, map)));
    }
    return found;
  }

  /** Registers have other names in a plan, so they are told apart by where they are. */
  private List<Difference> registerDifferences(PlanDocument plan) {
    List<MapEntry> planned =
        new ArrayList<>(plan.map().stream().filter(entry -> entry.kind().equals("bar")).toList());
    List<Register> left = new ArrayList<>();
    for (Register register : registers) {
      if (!planned.removeIf(entry -> entry.range().equals(register.range))) {
        left.add(register);
      }
    }
    List<Difference> found = new ArrayList<>();
    for (MapEntry entry : planned) {
      Register other =
          left.stream()
              .filter(register -> register.range.length() == entry.range().length())
              .min(Comparator.comparing(register -> register.range.start()))
              .orElse(null);
      left.remove(other);
      found.add(
          new Difference(
              entry.name() + (other == null ? " is missing" : " lies elsewhere"),
              Sizes.range(entry.range()),
              other == null ? "" : other.name + " at " + Sizes.range(other.range)));
    }
    GfnSet room =
        plan.registersKnown()
            ? GfnSet.empty()
            : GfnSet.of(
                plan.map().stream()
                    .filter(entry -> entry.kind().equals("hole"))
                    .map(MapEntry::range)
                    .toList());
    for (Register register : left) {
      if (!room.contains(register.range)) {
        found.add(
            new Difference(register.name + " was not planned", "", Sizes.range(register.range)));
      }
    }
    return found;
  }
}
