package org.gfnplan.models.guest.document;

import java.util.List;
import java.util.Map;
import org.gfnplan.models.input.Stated;
import org.gfnplan.models.input.document.Fields;
import org.gfnplan.solver.problem.Origin;
import org.jspecify.annotations.Nullable;

/** Lists of things with names. */
final class Lists {
  /** More than any guest has of anything. */
  static final int MOST_ITEMS = 1024;

  private Lists() {}

  /** The items of a list of maps; a problem and none when they are more than {@code most}. */
  static List<Fields> of(Fields fields, String key, int most) {
    int count = fields.list(key).size();
    if (count > most) {
      fields.problemAt(
          key, "`%s` must have at most %d items, these are %d".formatted(key, most, count));
      return List.of();
    }
    return fields.listOfFields(key);
  }

  /** The key {@code name}, which no other item of the list may have. */
  static @Nullable Stated<String> uniqueName(Fields item, Map<String, Origin> seen) {
    Stated<String> name = item.requiredText("name");
    if (name != null) {
      Origin earlier = seen.putIfAbsent(name.value(), name.origin());
      if (earlier != null) {
        item.problemAt(
            "name",
            "the name `%s` is given twice, first in %s"
                .formatted(name.value(), earlier.shortForm()));
      }
    }
    return name;
  }
}
