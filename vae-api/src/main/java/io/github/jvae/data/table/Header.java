package io.github.jvae.data.table;

/** Whether the first line names the columns. */
enum Header {
  /** It does if no field of it is a number. */
  AUTO,
  YES,
  NO
}
