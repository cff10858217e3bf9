package io.github.jvae.generation;

import io.github.jvae.Vae;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.ClassifierModel;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** The features that a trained classifier finds in examples. */
public final class FeatureExtractor {
  private final Vae classifier;

  /**
   * Takes a classifier, which stays its owner's to close.
   *
   * @throws ConfigurationException if the model is none
   */
  public FeatureExtractor(Vae classifier) {
    if (!(classifier.runtime().model() instanceof ClassifierModel)) {
      throw new ConfigurationException("features are those of a classifier, but the model is of the"
          + " kind " + classifier.config().component(Kind.MODEL).type()
          + "; train one with: vae train --model classifier --condition label");
    }
    this.classifier = classifier;
  }

  /**
   * Returns the features of examples.
   *
   * @param examples [B, ...]
   * @return [B, F]
   * @throws io.github.jvae.error.VaeException if the classifier takes others
   */
  public HostTensor of(HostTensor examples) {
    Map<String, HostTensor> unknown = new LinkedHashMap<>();
    // The classes are what a classifier is asked for: its features do not depend on them.
    classifier
        .runtime()
        .conditions()
        .forEach((name, shape) ->
            unknown.put(name, HostTensor.zeros(shape.prepend(examples.shape().dimension(0)))));
    return classifier.inference().encode(examples, unknown).mean();
  }

  /** Returns the shape of an example. */
  public Shape example() {
    return classifier.config().shape();
  }
}
