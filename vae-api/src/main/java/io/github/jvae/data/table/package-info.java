/**
 * Tables in text (CSV, TSV): rows are examples, columns are their elements. What each column is, is
 * inferred or said by a {@link TableSchema}; a trained model's schema codes other tables as its
 * own.
 *
 * <p>May use {@code data}, {@code data.internal}, {@code column}, {@code tensor}, {@code option},
 * {@code checkpoint.internal}, {@code internal} and {@code error}, FastCSV and the JDK.
 */
@NullMarked
package io.github.jvae.data.table;

import org.jspecify.annotations.NullMarked;
