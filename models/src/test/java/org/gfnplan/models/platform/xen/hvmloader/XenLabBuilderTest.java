package org.gfnplan.models.platform.xen.hvmloader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gfnplan.models.platform.xen.BuilderRequest;
import org.gfnplan.models.platform.xen.XenLayout;
import org.junit.jupiter.api.Test;

/** What libxl and the domain builder of a real Xen 4.17 logged, against the builder's model. */
class XenLabBuilderTest {
  @Test
  void libxlRefusesWhatTheRealOneRefused() throws IOException {
    for (LabCase lab : LabCase.all()) {
      BuilderRequest.Rdm conflict = lab.boot().built().conflict();
      boolean refused = lab.real().path("xl_rc").asInt() != 0;
      assertEquals(refused, conflict != null, lab.name());
      if (conflict != null) {
        String first = "RDM conflict at 0x%x.".formatted(conflict.startByte());
        assertTrue(lab.real().path("errors").path(0).asString().endsWith(first), lab.name());
      }
      List<String> ignored = new ArrayList<>();
      lab.real()
          .path("warnings")
          .forEach(line -> ignored.add(line.asString().replaceFirst(".*conflict at ", "")));
      assertEquals(
          ignored,
          lab.boot().built().masked().stream()
              .map(rdm -> "0x%x.".formatted(rdm.startByte()))
              .toList(),
          lab.name());
    }
  }

  /** Line numbers and the number of the domain aside. */
  @Test
  void libxlSaysTheSameOfWhatItRefuses() throws IOException {
    for (LabCase lab : LabCase.all()) {
      List<String> real = new ArrayList<>();
      lab.real()
          .path("errors")
          .forEach(
              line -> real.add(line.asString().replaceFirst("^error: \\S+ (Domain \\d+:)?", "")));
      BuilderRequest.Rdm conflict = lab.boot().built().conflict();
      List<String> expected =
          conflict == null
              ? List.of()
              : List.of(
                  "RDM conflict at 0x%x.".formatted(conflict.startByte()),
                  "checking reserved device memory failed",
                  "cannot (re-)build domain: -3",
                  "Non-existant domain",
                  "Unable to destroy guest",
                  "Destruction of domain failed");
      assertEquals(expected, real, lab.name());
    }
  }

  @Test
  void ramIsWhereTheRealBuilderLogged() throws IOException {
    for (LabCase lab : LabCase.all()) {
      List<String> expected = new ArrayList<>();
      if (lab.boot().built().isBuilt()) {
        expected.add(LabText.range(0, lab.boot().built().lowmemEnd()));
        if (lab.boot().built().highmemEnd() != 0) {
          expected.add(LabText.range(XenLayout.FOUR_GIB, lab.boot().built().highmemEnd()));
        }
      }
      List<String> real = new ArrayList<>();
      lab.real()
          .path("ranges")
          .forEach(one -> real.add(LabText.range(one.path(0).asLong(), one.path(1).asLong())));
      assertEquals(expected, real, lab.name());
    }
  }
}
