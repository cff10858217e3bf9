package io.github.jvae.model;

/**
 * The part of the noise of a draw from the prior that makes one latent group.
 *
 * @param group its name
 * @param size how many standard normal numbers
 * @param scaled how many of them, counted from the first, are the noise of normal draws, which a
 *     temperature multiplies; the others choose something, such as the component of a mixture. 0
 *     where the group has no temperature
 */
public record PriorNoise(String group, int size, int scaled) {}
