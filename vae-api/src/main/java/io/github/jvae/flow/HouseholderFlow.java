package io.github.jvae.flow;

import io.github.jvae.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * {@link Householder} reflections one after another, which turn a diagonal Gaussian into one with
 * any covariance of the same eigenvalues (Tomczak and Welling, "Improving variational auto-encoders
 * using Householder flow", 2016). Each vector v is made of the example; there each but the first is
 * a linear function of the one before, which says the same where the first is linear in what the
 * encoder knows.
 *
 * @param reflections how many, at least 1
 */
public record HouseholderFlow(int reflections) implements ConditionalFlow {

  @Override
  public int size(int latent) {
    return reflections * latent;
  }

  @Override
  public Bijection given(Tensor numbers) {
    int latent = numbers.shape().dimension(1) / reflections;
    return new Composition(IntStream.range(0, reflections)
        .mapToObj(
            number -> new Householder(numbers.slice(1, number * latent, (number + 1) * latent)))
        .toList());
  }

  @Override
  public boolean isOrthogonal() {
    return true;
  }
}
