package io.github.jvae.data.table;

import io.github.jvae.column.ColumnKind;
import java.util.Locale;

/** How the text of a column becomes numbers. */
public enum ColumnType {
  /** As it looks. */
  INFERRED,

  /** Any finite number. */
  NUMERIC,

  /** A whole number from 0. */
  COUNT,

  /** One of two texts, or 0 and 1. */
  BINARY,

  /** One of several texts. */
  CATEGORICAL,

  /** A day, or a day and a time. */
  DATE;

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what models are told of such a column. */
  ColumnKind kind() {
    return switch (this) {
      case NUMERIC, DATE -> ColumnKind.NUMERIC;
      case COUNT -> ColumnKind.COUNT;
      case BINARY -> ColumnKind.BINARY;
      case CATEGORICAL -> ColumnKind.CATEGORICAL;
      case INFERRED -> throw new IllegalStateException("what the column is, is not known yet");
    };
  }

  static ColumnType of(ColumnKind kind) {
    return switch (kind) {
      case NUMERIC -> NUMERIC;
      case COUNT -> COUNT;
      case BINARY -> BINARY;
      case CATEGORICAL -> CATEGORICAL;
    };
  }
}
