package org.gfnplan.models.platform;

/**
 * RAM of a virtual NUMA node, {@code [startByte, endByte)}.
 *
 * @param node the node's number, from 0
 * @param startByte the first byte
 * @param endByte one past the last byte
 */
public record NodeRange(int node, long startByte, long endByte) {
  public NodeRange {
    if (node < 0 || startByte < 0 || startByte >= endByte) {
      throw new IllegalArgumentException(
          "a node's range must satisfy 0 <= start < end: node=%d start=0x%x end=0x%x"
              .formatted(node, startByte, endByte));
    }
  }

  /** How many bytes. */
  public long bytes() {
    return endByte - startByte;
  }
}
