package io.github.jvae.calibration;

import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.Model;
import java.util.stream.Collectors;

/** Which models can be calibrated. */
final class CalibratedModel {
  /** The objective that trains neither a prior nor the posteriors' variances. */
  private static final String REGULARIZED = "rae";

  private CalibratedModel() {}

  /**
   * Returns the model of a runtime.
   *
   * @throws ConfigurationException if it has no posterior to draw from, or no prior
   */
  static Model require(ModelRuntime runtime) {
    if (!(runtime.model() instanceof Model model)) {
      throw new ConfigurationException("calibration needs one prior to draw latent vectors from and"
          + " one posterior that is a density of them, which this model of the latent groups "
          + runtime.model().groups().stream()
              .map(LatentGroup::name)
              .collect(Collectors.joining(", "))
          + " has not; take one of --model standard");
    }
    if (runtime.objective().name().equals(REGULARIZED)) {
      throw new ConfigurationException("the objective " + REGULARIZED + " trains neither a prior to"
          + " draw from nor the spread of posteriors: there is nothing to calibrate; take a model"
          + " of another objective");
    }
    return model;
  }
}
