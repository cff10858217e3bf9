/** Tests of the report, on results made up for them. */
@NullMarked
package io.github.jvae.bench.report;

import org.jspecify.annotations.NullMarked;
