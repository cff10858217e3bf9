/**
 * The compatibility kit: what every backend must do, as tests. A backend's own test extends
 * {@link io.github.jvae.compatibility.BackendCompatibilityKit} and names its module:
 *
 * <pre>{@code
 * class TensorFlowCompatibilityTest extends BackendCompatibilityKit {
 *   @Override
 *   protected BackendModule module() {
 *     return new TensorFlowModule();
 *   }
 * }
 * }</pre>
 *
 * <p>The oracle is the {@link io.github.jvae.reference reference backend}, and for whole models the
 * golden numbers, made by an independent implementation in double precision.
 */
@NullMarked
package io.github.jvae.compatibility;

import org.jspecify.annotations.NullMarked;
