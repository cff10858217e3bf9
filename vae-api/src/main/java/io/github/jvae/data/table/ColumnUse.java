package io.github.jvae.data.table;

/** What a column of a table is for. */
public enum ColumnUse {
  /** It is an element of each example. */
  INPUT,

  /** It is known beside each example, as a condition of its own name. */
  CONDITION,

  /** It is the class of each example, which is the condition {@code label}. */
  LABEL,

  /** It is passed over. */
  IGNORE
}
