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
final class ClassifierFeatures implements FeatureExtractor {
  private final Vae classifier;

  /** @throws ConfigurationException if the model is none, or takes other examples */
  ClassifierFeatures(Vae classifier, Shape example) {
    if (!(classifier.runtime().model() instanceof ClassifierModel)) {
      throw new ConfigurationException("features are those of a classifier, but the model is of the"
          + " kind " + classifier.config().component(Kind.MODEL).type()
          + "; train one with: vae train --model classifier --condition label");
    }
    if (!classifier.config().shape().equals(example)) {
      throw new ConfigurationException("the classifier takes examples "
          + classifier.config().shape() + ", but the model makes " + example
          + "; train one on the model's data");
    }
    this.classifier = classifier;
  }

  @Override
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
}
