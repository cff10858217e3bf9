/**
 * The explorer: a page in the browser through which a person moves in a model's latent space, and
 * sees a training while it runs. {@link io.github.jvae.bench.explore.Explorer} answers what the
 * page asks for, {@link io.github.jvae.bench.explore.ExploredModel} computes it with the library's
 * own inference and evaluation, and {@code page/} beside the classes is the page: plain modules
 * that a browser reads as they are.
 *
 * <p>What takes long (where all examples lie, what each dimension holds, how usual scores are) is
 * computed once in a thread of its own, and the page asks until it is there; everything else is
 * computed when it is asked for. Numbers go to the page as four bytes each, in the units of the
 * data.
 *
 * <p>Uses the server of {@code web}, and {@code image} for planes; knows nothing of commands.
 */
@NullMarked
package io.github.jvae.bench.explore;

import org.jspecify.annotations.NullMarked;
