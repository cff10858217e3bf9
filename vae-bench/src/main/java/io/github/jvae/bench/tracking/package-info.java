/**
 * Trainings that are watched with the tools people have: event files for TensorBoard, and runs in
 * an MLflow tracking server. Each is written here without its own library. An event file needs some
 * messages of Protocol Buffers and a checksum; of MLflow's REST interface six requests are used,
 * and its client for Java would bring an HTTP client, a JSON library and Protocol Buffers of its
 * own for them.
 *
 * <p>What is watched changes nothing in a training, and what cannot be told does not end it.
 *
 * <p>May use {@code image}, and everything of the API.
 */
@NullMarked
package io.github.jvae.bench.tracking;

import org.jspecify.annotations.NullMarked;
