package org.gfnplan.solver.p2m;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gfnplan.solver.space.Gfn;
import org.gfnplan.solver.space.GfnRange;
import org.junit.jupiter.api.Test;

class P2mMapTest {
  private final P2mMap map = new P2mMap();

  private static Extent ram(long start, long end, long mfn) {
    return new Extent(new GfnRange(start, end), mfn, P2mType.RAM, Access.READ_WRITE_EXECUTE);
  }

  private static Extent anywhere(long start, long end) {
    return ram(start, end, Extent.ANYWHERE);
  }

  @Test
  void touchingExtentsDoNotCollide() {
    assertNull(map.insert(ram(10, 20, 500)));
    assertNull(map.insert(ram(20, 30, 900)));
    assertNull(map.insert(ram(5, 10, 100)));
    assertEquals(3, map.size());
    assertEquals(3, map.count(5, 30));
    assertEquals(1, map.count(10, 20));
  }

  @Test
  void whatIsInTheWayIsToldAndNothingChanges() {
    map.insert(ram(10, 20, 500));
    assertEquals(ram(10, 20, 500), map.insert(ram(19, 40, 700)));
    assertEquals(List.of(ram(10, 20, 500)), map.all());
    assertEquals(10, map.first(0, 11));
    assertEquals(15, map.first(15, 16));
    assertEquals(P2mView.NONE, map.first(20, 30));
    assertFalse(map.any(0, 10));
  }

  @Test
  void extentsThatContinueOneAnotherAreOne() {
    map.insert(ram(0, 10, 100));
    map.insert(ram(20, 30, 120));
    map.insert(ram(10, 20, 110));
    assertEquals(List.of(ram(0, 30, 100)), map.all());
    map.insert(anywhere(30, 40));
    map.insert(anywhere(40, 50));
    assertEquals(List.of(ram(0, 30, 100), anywhere(30, 50)), map.all());
  }

  @Test
  void aHoleSplitsAnExtent() {
    map.insert(ram(0, 30, 100));
    assertEquals(10, map.remove(new GfnRange(10, 20)));
    assertEquals(List.of(ram(0, 10, 100), ram(20, 30, 120)), map.all());
    assertEquals(0, map.remove(new GfnRange(12, 18)));
    map.insert(ram(10, 20, 110));
    assertEquals(1, map.size());
  }

  @Test
  void replacingPutsOneRunInPlaceOfMany() {
    map.insert(ram(0, 10, 100));
    map.insert(ram(20, 30, 400));
    map.insert(ram(40, 50, 600));
    map.replace(ram(5, 45, 1000));
    assertEquals(List.of(ram(0, 5, 100), ram(5, 45, 1000), ram(45, 50, 605)), map.all());
  }

  @Test
  void severalInsertsAreAllOrNothing() {
    map.insert(ram(20, 30, 100));
    Extent inTheWay = map.insertAll(List.of(ram(0, 10, 500), ram(29, 31, 600)));
    assertEquals(ram(20, 30, 100), inTheWay);
    assertEquals(List.of(ram(20, 30, 100)), map.all());
    assertEquals(ram(0, 10, 500), map.insertAll(List.of(ram(0, 10, 500), ram(9, 11, 600))));
    assertEquals(1, map.size());
    assertNull(map.insertAll(List.of(ram(0, 10, 500), ram(10, 11, 600))));
    assertEquals(3, map.size());
  }

  @Test
  void aSnapshotDoesNotChange() {
    map.insert(ram(0, 0x400, 0));
    P2mSnapshot before = map.snapshot();
    map.remove(new GfnRange(0, 1));
    map.insert(ram(0x1000, 0x1001, 7));
    assertEquals(List.of(ram(0, 0x400, 0)), before.all());
    assertEquals(new PageCounts(0, 2, 0), before.pages());
    map.restore(before);
    map.remove(new GfnRange(0, 0x400));
    assertEquals(1, before.size());
    assertEquals(PageCounts.NONE, map.pages());
  }

  @Test
  void pagesAreAsLargeAsBothAddressesAllow() {
    map.insert(anywhere(0xc0, 0x40200));
    assertEquals(new PageCounts(0x140, 512, 0), map.pages());
    map.insert(anywhere(0x40200, 0xc0000));
    assertEquals(new PageCounts(0x140, 511, 2), map.pages());
    map.insert(ram(0x100000, 0x100400, 0x200201));
    assertEquals(new PageCounts(0x140 + 0x400, 511, 2), map.pages());
    map.replace(ram(0x100000, 0x100400, 0x200200));
    assertEquals(new PageCounts(0x140, 513, 2), map.pages());
    map.insert(Extent.identity(new GfnRange(0x200000, 0x200200), Access.READ_WRITE));
    assertEquals(new PageCounts(0x340, 513, 2), map.pages());
  }

  @Test
  void theLastFrameCanBeMapped() {
    map.insert(Extent.identity(new GfnRange(Gfn.LIMIT - 1, Gfn.LIMIT), Access.READ));
    map.insert(anywhere(0, Gfn.LIMIT - 1));
    assertEquals(2, map.count(0, Gfn.LIMIT));
    assertEquals(Gfn.LIMIT, map.remove(new GfnRange(0, Gfn.LIMIT)));
    assertEquals(0, map.size());
  }

  @Test
  void anExtentKnowsWhatItMayBe() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Extent(new GfnRange(1, 2), 7, P2mType.IDENTITY, Access.READ));
    assertThrows(IllegalArgumentException.class, () -> ram(0, 10, Gfn.LIMIT - 9));
    assertThrows(IllegalArgumentException.class, () -> ram(0, 10, -2));
    assertTrue(new Extent(new GfnRange(1, 2), 1, P2mType.DEVICE, Access.READ).isIdentity());
    assertFalse(ram(1, 2, 1).isIdentity());
  }
}
