package org.gfnplan.solver.p2m;

/** A map as it was; never changes, so many threads may read it. */
public final class P2mSnapshot extends P2mView {
  private final Extents extents;
  private final PageCounts pages;

  P2mSnapshot(Extents extents, PageCounts pages) {
    this.extents = extents;
    this.pages = pages;
  }

  @Override
  Extents extents() {
    return extents;
  }

  @Override
  public PageCounts pages() {
    return pages;
  }
}
