package org.gfnplan.solver.p2m;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;

class IdentityMappingsTest {
  private static final GfnRange RANGE = new GfnRange(100, 110);
  private static final Extent RAM =
      Extent.anywhere(new GfnRange(105, 200), P2mType.RAM, Access.READ_WRITE_EXECUTE);
  private static final Extent RAM_IN_RANGE =
      Extent.anywhere(new GfnRange(105, 110), P2mType.RAM, Access.READ_WRITE_EXECUTE);

  private final P2mMap map = new P2mMap();
  private final IdentityMappings identities = new IdentityMappings(map);

  private IdentityOutcome strict(GfnRange range) {
    return identities.add(range, Access.READ_WRITE, false);
  }

  private IdentityOutcome relaxed(GfnRange range) {
    return identities.add(range, Access.READ_WRITE, true);
  }

  @Test
  void emptyFramesAreMapped() {
    assertEquals(new IdentityOutcome.Mapped(RANGE), strict(RANGE));
    assertEquals(List.of(Extent.identity(RANGE, Access.READ_WRITE)), map.all());
  }

  @Test
  void theSameRangeIsCounted() {
    strict(RANGE);
    assertEquals(new IdentityOutcome.Counted(RANGE, 2), strict(RANGE));
    assertEquals(1, identities.remove(RANGE));
    assertEquals(1, map.size());
    assertEquals(0, identities.remove(RANGE));
    assertEquals(0, map.size());
    assertEquals(IdentityMappings.UNKNOWN, identities.remove(RANGE));
  }

  @Test
  void theSameRangeWithOtherAccessIsHeldOtherwise() {
    strict(RANGE);
    assertEquals(
        new IdentityOutcome.HeldOtherwise(RANGE, RANGE, Access.READ_WRITE),
        identities.add(RANGE, Access.READ, true));
  }

  @Test
  void anotherRangeThatOverlapsIsHeldOtherwise() {
    strict(RANGE);
    for (GfnRange other :
        List.of(new GfnRange(100, 109), new GfnRange(99, 101), new GfnRange(109, 111))) {
      assertEquals(
          new IdentityOutcome.HeldOtherwise(other, RANGE, Access.READ_WRITE), relaxed(other));
    }
    assertEquals(IdentityMappings.UNKNOWN, identities.remove(new GfnRange(100, 109)));
    GfnRange next = new GfnRange(110, 112);
    assertEquals(new IdentityOutcome.Mapped(next), strict(next));
  }

  @Test
  void strictRefusesWhatSomethingElseBacks() {
    map.insert(RAM);
    assertEquals(new IdentityOutcome.Taken(RANGE, RAM_IN_RANGE), strict(RANGE));
    assertEquals(List.of(RAM), map.all());
    assertEquals(0, identities.holders(RANGE));
  }

  @Test
  void relaxedLeavesWhatSomethingElseBacks() {
    map.insert(RAM);
    assertEquals(new IdentityOutcome.Partial(RANGE, List.of(RAM_IN_RANGE)), relaxed(RANGE));
    assertEquals(
        List.of(Extent.identity(new GfnRange(100, 105), Access.READ_WRITE), RAM), map.all());
    assertEquals(new IdentityOutcome.Counted(RANGE, 2), strict(RANGE));
    identities.remove(RANGE);
    assertEquals(0, identities.remove(RANGE));
    assertEquals(List.of(RAM), map.all());
  }

  @Test
  void framesThatAreIdentityMappedAlreadyAreNoConflict() {
    map.insert(Extent.identity(new GfnRange(95, 105), Access.READ_WRITE));
    assertEquals(new IdentityOutcome.Mapped(RANGE), strict(RANGE));
    assertEquals(List.of(Extent.identity(new GfnRange(95, 110), Access.READ_WRITE)), map.all());
    identities.remove(RANGE);
    assertEquals(List.of(Extent.identity(new GfnRange(95, 100), Access.READ_WRITE)), map.all());
  }

  @Test
  void framesThatAreMappedWithMoreAccessAreInTheWay() {
    Extent manual = new Extent(RANGE, 100, P2mType.DEVICE, Access.READ_WRITE_EXECUTE);
    map.insert(manual);
    assertEquals(new IdentityOutcome.Taken(RANGE, manual), strict(RANGE));
  }

  @Test
  void aRefusalLeavesNothingOfTheOthers() {
    map.insert(RAM);
    strict(new GfnRange(0, 10));
    List<GfnRange> wanted = List.of(new GfnRange(0, 10), new GfnRange(20, 30), RANGE);
    List<Extent> before = map.all();
    List<IdentityOutcome> outcomes = identities.addAll(wanted, Access.READ_WRITE, false);
    assertEquals(
        List.of(
            new IdentityOutcome.Counted(wanted.get(0), 2),
            new IdentityOutcome.Mapped(wanted.get(1)),
            new IdentityOutcome.Taken(RANGE, RAM_IN_RANGE)),
        outcomes);
    assertEquals(before, map.all());
    assertEquals(1, identities.holders(wanted.get(0)));
    assertEquals(0, identities.holders(wanted.get(1)));
  }
}
