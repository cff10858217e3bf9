/**
 * Models as stages of Spark ML pipelines: {@link io.github.jvae.spark.VaeModel} adds to rows what a
 * model makes of them.
 *
 * <p>Spark itself is the cluster's, and which engine computes is decided by the backend among the
 * application's jars, as everywhere in jvae. May use all of {@code vae-api}; nothing else in jvae
 * knows this package.
 */
@NullMarked
package io.github.jvae.spark;

import org.jspecify.annotations.NullMarked;
