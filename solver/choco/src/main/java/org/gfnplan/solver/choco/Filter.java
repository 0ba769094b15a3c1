package org.gfnplan.solver.choco;

import java.util.ArrayList;
import java.util.List;
import org.chocosolver.solver.constraints.Constraint;
import org.chocosolver.solver.constraints.Propagator;
import org.chocosolver.solver.constraints.PropagatorPriority;
import org.chocosolver.solver.exception.ContradictionException;
import org.chocosolver.solver.variables.BoolVar;
import org.chocosolver.solver.variables.IntVar;
import org.chocosolver.util.ESat;
import org.jspecify.annotations.Nullable;

/** A rule as a propagator: all sums are longs, and it may hang from a switch. */
abstract class Filter extends Propagator<IntVar> {
  /*
   * Choco's own constraints add and multiply bounds as ints in many places, so the rules are our
   * propagators. Choco does not wake a propagator for what it changed itself; hence the loop.
   *
   * A rule of a preferred statement gets a switch that means "given up". While it is open the rule
   * is only watched; when the rule cannot hold any more, the switch is set.
   */
  private final Meter meter;
  private final @Nullable BoolVar off;

  Filter(Meter meter, @Nullable BoolVar off, List<IntVar> vars) {
    this(meter, off, vars, PropagatorPriority.LINEAR, false);
  }

  Filter(
      Meter meter,
      @Nullable BoolVar off,
      List<IntVar> vars,
      PropagatorPriority priority,
      boolean incremental) {
    super(withSwitch(vars, off), priority, incremental);
    this.meter = meter;
    this.off = off;
  }

  private static IntVar[] withSwitch(List<IntVar> vars, @Nullable BoolVar off) {
    List<IntVar> all = new ArrayList<>(vars);
    if (off != null) {
      all.add(off);
    }
    return all.toArray(new IntVar[0]);
  }

  /** Whether the rule may still hold; needs to be exact only when all variables are decided. */
  abstract boolean isPossible();

  /** Narrows the variables of a rule that must hold; whether anything changed. */
  abstract boolean narrow() throws ContradictionException;

  /** Posts this as a constraint of its model. */
  final void post() {
    new Constraint(getClass().getSimpleName(), this).post();
  }

  @Override
  public final void propagate(int mask) throws ContradictionException {
    if (off != null && !off.isInstantiatedTo(0)) {
      if (!off.isInstantiated() && !isPossible()) {
        off.instantiateTo(1, this);
      }
      return;
    }
    while (narrow()) {
      meter.tickOrStop();
    }
  }

  @Override
  public final ESat isEntailed() {
    if (!isCompletelyInstantiated()) {
      return ESat.UNDEFINED;
    }
    return (off != null && off.isInstantiatedTo(1)) || isPossible() ? ESat.TRUE : ESat.FALSE;
  }

  /** Makes the variable at least {@code bound}. */
  final boolean raise(IntVar variable, long bound) throws ContradictionException {
    if (bound <= variable.getLB()) {
      return false;
    }
    if (bound > variable.getUB()) {
      fails();
    }
    return variable.updateLowerBound((int) bound, this);
  }

  /** Makes the variable at most {@code bound}. */
  final boolean lower(IntVar variable, long bound) throws ContradictionException {
    if (bound >= variable.getUB()) {
      return false;
    }
    if (bound < variable.getLB()) {
      fails();
    }
    return variable.updateUpperBound((int) bound, this);
  }
}
