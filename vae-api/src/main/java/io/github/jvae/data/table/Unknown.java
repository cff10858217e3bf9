package io.github.jvae.data.table;

/** What is done with a text that is none of a column's categories. */
enum Unknown {
  ERROR,
  MISSING
}
