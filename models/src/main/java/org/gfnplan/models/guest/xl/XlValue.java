package org.gfnplan.models.guest.xl;

import java.util.List;

/** The right-hand side of an assignment in an xl.cfg file. */
sealed interface XlValue {
  /** Where it starts, counted from 1. */
  int line();

  /** A string or a number; libxlu keeps both as text. */
  record Atom(String text, int line) implements XlValue {}

  /** A list, perhaps with lists in it. */
  record Items(List<XlValue> items, int line) implements XlValue {
    public Items {
      items = List.copyOf(items);
    }
  }
}
