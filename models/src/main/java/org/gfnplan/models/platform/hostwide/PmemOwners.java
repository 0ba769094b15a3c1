package org.gfnplan.models.platform.hostwide;

import org.gfnplan.models.platform.hostwide.HostModel.Writing;

/** X7 to X9. */
final class PmemOwners {
  PmemOwners(Writing writing) {}

  void add() {}
}
