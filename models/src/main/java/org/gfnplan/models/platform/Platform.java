package org.gfnplan.models.platform;

import java.util.List;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.input.Finding;
import org.gfnplan.models.input.InputProblem;
import org.gfnplan.solver.answer.Layout;

/** The parties that lay out a guest, as rules; what settings lead them to a layout. Pure. */
public interface Platform {
  /** The name users know it by, {@code xen-hvm}. */
  String name();

  /** Reasons why this platform cannot take the scene at all; none when it can. */
  List<InputProblem> unusable(Scene scene);

  /** What the inputs and the platform demand of a layout. */
  Model model(Scene scene);

  /** How today's programs can be made to arrive at a layout of the scene's model. */
  Realised realise(Scene scene, Layout layout);

  /** Of the settings that {@link #realise} gives, those the guest states already. */
  Settings present(Guest guest);

  /** What today's programs do with the settings the guest has now. */
  Today today(Scene scene);

  /** What a user should know about this scene besides the layout. */
  List<Finding> findings(Scene scene);
}
