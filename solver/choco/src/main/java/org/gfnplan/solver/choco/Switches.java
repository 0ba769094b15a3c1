package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chocosolver.solver.Model;
import org.chocosolver.solver.variables.BoolVar;
import org.gfnplan.solver.problem.Statement;
import org.jspecify.annotations.Nullable;

/** The yes-or-no variables: a statement is given up, an edge is moved, an edge is off its grid. */
final class Switches {
  private final Model model;
  private final List<BoolVar> all = new ArrayList<>();
  private final Map<Statement, BoolVar> byStatement = new LinkedHashMap<>();

  Switches(Model model) {
    this.model = model;
  }

  /** A new switch, off by default and counted as a cost by its owner. */
  BoolVar create(String name) {
    BoolVar made = model.boolVar(name + all.size());
    all.add(made);
    return made;
  }

  /** The switch of a statement that may be given up, or null when it is required. */
  @Nullable BoolVar of(Statement statement) {
    return statement.strength().isRequired()
        ? null
        : byStatement.computeIfAbsent(statement, said -> create("givenUp"));
  }

  Map<Statement, BoolVar> byStatement() {
    return byStatement;
  }

  List<BoolVar> all() {
    return all;
  }
}
