package io.github.jvae.sampler;

import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.EpochReport;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model of the latent vectors, trained on the device as any other is: a density with a flow for
 * its prior, or a second variational autoencoder.
 */
final class LatentModelSampler implements LatentSampler {
  private static final String MODEL = "model";
  private static final int BATCH = 256;

  private final Vae model;

  private LatentModelSampler(Vae model) {
    this.model = model;
  }

  /**
   * Trains a model of latent vectors and keeps its best epoch.
   *
   * @param engine builds it, where the first model runs
   * @param heldOut by which the best epoch is chosen
   */
  static LatentModelSampler fit(
      Vae.Builder engine,
      VaeConfig config,
      Examples train,
      Examples heldOut,
      TrainingOptions options,
      TrainingListener listener) {
    Vae model = engine.config(config).seed(options.seed()).build();
    try {
      Best best = new Best(model);
      model.trainer(options).listener(best).listener(listener).train(train, heldOut);
      model.runtime().backend().variables().writeAll(best.parameters);
      return new LatentModelSampler(model);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /** Keeps the parameters of the best epoch. */
  private static final class Best implements TrainingListener {
    private final Vae model;
    private Map<String, HostTensor> parameters;

    Best(Vae model) {
      this.model = model;
      this.parameters = model.parameters();
    }

    @Override
    public void epochEnded(TrainingRun run, EpochReport report) {
      if (report.best()) {
        parameters = model.parameters();
      }
    }
  }

  /** Opens one that was saved. */
  static LatentModelSampler open(Path folder, Vae.Builder engine) {
    return new LatentModelSampler(Vae.load(folder.resolve(MODEL), engine));
  }

  /** Draws with the noise of the likelihood, as the latent vectors it learnt from have it too. */
  @Override
  public HostTensor draw(int count, long seed, Map<String, HostTensor> conditions) {
    return model.inference().sampleWithPixelNoise(count, seed, conditions);
  }

  @Override
  public double logLikelihood(Examples latents) {
    return model.evaluate(latents, BATCH, Transforms.none(), 1).elbo();
  }

  @Override
  public void save(Path folder) {
    model.save(folder.resolve(MODEL));
  }

  @Override
  public void close() {
    model.close();
  }
}
