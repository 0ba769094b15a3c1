package org.gfnplan.benchmarks.index;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IndexFootprintTest {
  @Test
  void everyStructureHasARow() {
    String tables = IndexFootprint.tables(1000);
    for (String name : DisjointPeers.NAMES) {
      assertTrue(
          name.equals("gfnindex-vector") || tables.contains("| " + name + " | "),
          () -> name + " in " + tables);
    }
    for (String name : OverlapPeer.NAMES) {
      assertTrue(tables.lastIndexOf("| " + name + " | ") > tables.indexOf("overlap"), name);
    }
  }
}
