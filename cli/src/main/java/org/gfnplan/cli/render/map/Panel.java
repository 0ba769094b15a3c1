package org.gfnplan.cli.render.map;

import java.util.List;

/**
 * One state of a guest's address space: what lies where, and what is wrong with it.
 *
 * @param title what state it is
 * @param boxes what lies where; they may overlap
 * @param marks what is to be noticed
 */
public record Panel(String title, List<Box> boxes, List<Mark> marks) {
  public Panel {
    boxes = List.copyOf(boxes);
    marks = List.copyOf(marks);
  }
}
