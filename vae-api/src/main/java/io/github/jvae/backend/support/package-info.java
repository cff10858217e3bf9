/**
 * What every engine's backend shares, written once: who may compute when and until when
 * ({@link io.github.jvae.backend.support.EngineBackend}), which programs of a computation are kept
 * ({@link io.github.jvae.backend.support.CompiledComputation}) and which variables there are
 * ({@link io.github.jvae.backend.support.EngineVariables}), how networks become an engine's
 * operations ({@link io.github.jvae.backend.support.EngineTrace}), how a batch is divided among
 * threads ({@link io.github.jvae.backend.support.SplitPrograms}), what an optimizer remembers
 * ({@link io.github.jvae.backend.support.OptimizerMemory}), and what native code needs of the
 * machine ({@link io.github.jvae.backend.support.NativeFolder},
 * {@link io.github.jvae.backend.support.FreedMemory}). An engine's own classes, which extend these,
 * are entered by one thread at a time and never after they were closed, so none of them has a lock
 * of its own.
 *
 * <p>For those who write a backend; programs that use one do not need it. May use {@code backend}
 * and everything below.
 */
@NullMarked
package io.github.jvae.backend.support;

import org.jspecify.annotations.NullMarked;
