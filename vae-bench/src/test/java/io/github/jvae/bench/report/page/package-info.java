/** Tests of the page model's writers. */
@NullMarked
package io.github.jvae.bench.report.page;

import org.jspecify.annotations.NullMarked;
