package io.github.jvae.bench.tracking;

import java.util.Map;

/**
 * What is known after a step, by name.
 *
 * @param step steps taken so far, those before a resume included
 * @param values finite numbers, in the order in which they are told
 */
record TrackedNumbers(long step, Map<String, Double> values) {}
