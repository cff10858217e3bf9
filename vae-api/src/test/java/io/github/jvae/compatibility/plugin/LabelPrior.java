package io.github.jvae.compatibility.plugin;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/** A unit Gaussian for each label, whose mean is learned. */
public final class LabelPrior implements Prior {
  private static final String LABEL = "label";

  private final Parameter means;

  public LabelPrior(int classes, int latent) {
    this.means =
        new Parameter("prior.label_means", Shape.of(classes, latent), new Initializer.Normal(1));
  }

  /** The prior of a model that is told labels. */
  static LabelPrior of(ModelContext context) {
    Shape labels = context.conditions().get(LABEL);
    if (labels == null) {
      throw new ConfigurationException("prior label needs a model that is told labels; add the"
          + " condition label (--condition label)");
    }
    return new LabelPrior(labels.size(), context.latent());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(means);
  }

  private Tensor mean(Conditions conditions) {
    Tensor labels = conditions.get(LABEL);
    return labels.matmul(labels.trace().parameter(means.name()));
  }

  @Override
  public Tensor logProb(Tensor z, Conditions conditions) {
    Tensor distance = z.subtract(mean(conditions)).square();
    return distance.add(Math.log(2 * Math.PI)).sum(1).multiply(-0.5);
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return noise.add(mean(conditions));
  }
}
