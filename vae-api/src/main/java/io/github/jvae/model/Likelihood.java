package io.github.jvae.model;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * The distribution {@code p(x|z)} of an example, given what the decoder made of a latent vector.
 */
public interface Likelihood extends Component {

  /**
   * Returns the shape of what the decoder makes for an example; the example's own unless a
   * likelihood says otherwise. One that needs several numbers for each element of an image has all
   * channels of the first come first, then all of the second.
   *
   * @param example such as [channels, height, width]
   */
  default Shape decoded(Shape example) {
    return example;
  }

  /**
   * Returns the shape of the noise that drawing an example takes; the example's own unless a
   * likelihood says otherwise.
   */
  default Shape noise(Shape example) {
    return example;
  }

  /**
   * Checks that examples have a probability (density) at all.
   *
   * @param examples [B, ...], finite
   * @throws VaeException that names a number which has none, and what it should be
   */
  void check(HostTensor examples);

  /**
   * Checks that what was observed of examples has a probability (density). The rest, which is read
   * as 0, is checked as well unless a likelihood says otherwise.
   *
   * @param examples [B, ...], finite
   * @param mask 1 where an element was observed and 0 where not, of the same shape
   * @throws VaeException as {@link #check(HostTensor)}
   */
  default void check(HostTensor examples, HostTensor mask) {
    check(examples);
  }

  /**
   * Returns whether {@link #logProb} is the logarithm of a density over real numbers. Its bits per
   * dimension mean something only where noise was added to numbers of few levels.
   */
  boolean isDensity();

  /**
   * Returns whether every number has a density as one element of an example, which may be moved and
   * stretched then: as in any density, unless a likelihood says otherwise.
   *
   * @param element its place in the example, row-major
   */
  default boolean takesAnyNumber(int element) {
    return isDensity();
  }

  /**
   * Returns whether {@link #logProb} of these examples is the logarithm of a probability, so that
   * its bits per dimension mean something; unless it is a density, if a likelihood does not say
   * more.
   *
   * @param examples [B, ...], which {@link #check} accepts
   */
  default boolean isProbability(HostTensor examples) {
    return !isDensity();
  }

  /**
   * Records {@code log p(x|z)} in nats, with its full normaliser, summed over the elements that
   * were observed ({@link Inputs#sum}).
   *
   * @param in B examples
   * @param decoded [B, ...] as {@link #decoded} says
   * @return [B]
   */
  Tensor logProb(Inputs in, Tensor decoded);

  /**
   * Records what each element adds to {@link #logProb}, in nats; 0 where it was not observed.
   *
   * @param in B examples
   * @param decoded [B, ...] as {@link #decoded} says
   * @return [B, ...], of the examples' shape
   * @throws VaeException if elements add nothing of their own, which is the default; see
   *     {@link IndependentLikelihood}
   */
  default Tensor logProbs(Inputs in, Tensor decoded) {
    throw new ConfigurationException("likelihood " + name()
        + " does not say what each element of an example adds to its log-likelihood; ask for that"
        + " of the whole example");
  }

  /**
   * Records the expected example.
   *
   * @param decoded [B, ...] as {@link #decoded} says
   * @return [B, ...] of the example's shape
   */
  Tensor mean(Tensor decoded);

  /**
   * Draws an example.
   *
   * @param decoded [B, ...] as {@link #decoded} says
   * @param uniform numbers from (0, 1), [B, ...] as {@link #noise} says
   * @param normal standard normal numbers, of the same shape
   * @return [B, ...] of the example's shape
   */
  Tensor sample(Tensor decoded, Tensor uniform, Tensor normal);

  /**
   * Returns the decoder outputs that give an element, as near as can be, a mean and a standard
   * deviation: what the bias of the decoder's last layer is, where training is to start from the
   * elements' averages. Always finite, also for an element that never changes.
   *
   * @param mean in [0, 1] for images
   * @param standardDeviation at least 0; a likelihood whose width the decoder does not make has no
   *     use for it
   * @return as many numbers as the decoder makes for an element
   * @throws VaeException if this likelihood does not know, which is the default
   */
  default double[] outputsFor(double mean, double standardDeviation) {
    throw new ConfigurationException("likelihood " + name()
        + " does not say which outputs give a pixel its mean, so that the output bias cannot start"
        + " from data; leave that out");
  }

  /**
   * Returns the decoder outputs that give all elements of an example a mean and a standard
   * deviation, as {@link #outputsFor(double, double)} does for one: all first outputs, then all
   * second ones, unless a likelihood says otherwise.
   *
   * @param example the shape of what the means are of
   * @param means of the elements, row-major
   * @param standardDeviations of the elements
   * @return as many numbers as {@link #decoded} says for such an example, row-major
   * @throws VaeException as for one element
   */
  default double[] outputsFor(Shape example, double[] means, double[] standardDeviations) {
    double[] all = new double[decoded(example).size()];
    for (int element = 0; element < means.length; element++) {
      double[] outputs = outputsFor(means[element], standardDeviations[element]);
      for (int i = 0; i < outputs.length; i++) {
        all[i * means.length + element] = outputs[i];
      }
    }
    return all;
  }
}
