package io.github.jvae.spark;

import org.apache.spark.Partitioner;

/** Divides rows among workers so that those of each come before those of the next. */
final class RowParts extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int parts;

  RowParts(int parts) {
    this.parts = parts;
  }

  @Override
  public int numPartitions() {
    return parts;
  }

  @Override
  public int getPartition(Object key) {
    return ((RowKey) key).part(parts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowParts same && same.parts == parts;
  }

  @Override
  public int hashCode() {
    return parts;
  }
}
