package io.github.jvae.sampler;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Digests;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.DensityModel;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.LatentSpace;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The samplers that were fitted to a model, in the folder {@code samplers} of the model's: each
 * knows the weights it was fitted to, and does not draw for others.
 */
public final class SamplerFolder {
  private static final int TRIED_DRAWS = 1000;
  private static final String FILE = "sampler.json";
  private static final String TYPE = "type";
  private static final String LATENT = "latent";
  private static final String WEIGHTS = "model_sha256";

  private final Path model;

  /** @param model the folder of the model */
  public SamplerFolder(Path model) {
    this.model = model;
  }

  /** Returns the types of sampler that were fitted. */
  public List<String> fitted() {
    return SamplerOptions.TYPES.stream()
        .filter(type -> Files.exists(folder(type).resolve(FILE)))
        .toList();
  }

  /**
   * Fits a sampler to the posteriors of examples, in place of one of its type that is there. Of a
   * hierarchy it is fitted to the group that is drawn first, and the model draws the others.
   *
   * @param vae the model of this folder
   * @param train the examples, usually those that the model was trained on
   * @param heldOut others, to judge by
   * @param transforms what is done to both
   * @param engine describes the engine that a flow or a second model runs on
   * @param listener hears how that is trained
   * @throws io.github.jvae.error.VaeException if such a sampler has no use of the model's
   *     conditions, its latent vectors lie on a sphere, the examples are not the model's or too
   *     few, or the folder cannot be written
   */
  public FittedSampler fit(
      Vae vae,
      SamplerOptions options,
      Examples train,
      Examples heldOut,
      Transforms transforms,
      Supplier<Vae.Builder> engine,
      TrainingListener listener) {
    requireSpread(vae);
    LatentModel latent = vae.runtime().model();
    int extent = TopGroup.of(latent).map(LatentGroup::size).orElse(latent.latent());
    Examples codes = LatentCodes.of(vae, train, extent, transforms, options.seed());
    Examples others = LatentCodes.of(vae, heldOut, extent, transforms, options.seed() + 1);
    try (LatentSampler sampler = fit(vae, options, codes, others, engine, listener)) {
      FittedSampler result = new FittedSampler(
          codes.size(),
          others.size(),
          sampler.logLikelihood(others),
          standardNormal(others),
          farDraws(sampler, codes, options.seed()),
          TopGroup.of(latent).map(LatentGroup::name));
      Path folder = folder(options.type());
      Files.createDirectories(folder);
      // What says that there is one goes first and comes last.
      Files.deleteIfExists(folder.resolve(FILE));
      sampler.save(folder);
      JsonFile.write(
          folder.resolve(FILE),
          Options.none()
              .with(TYPE, options.type())
              .with(LATENT, codes.shape().size())
              .with(WEIGHTS, weights()));
      return result;
    } catch (IOException e) {
      throw FileFault.unwritable(folder(options.type()), e);
    }
  }

  /** Samplers are densities on all of the latent space, and have examples seen as a whole. */
  private static void requireSpread(Vae vae) {
    LatentSpace space = vae.runtime().model().space();
    if (space != LatentSpace.EUCLIDEAN) {
      throw new ConfigurationException("samplers are densities on " + LatentSpace.EUCLIDEAN
          + ", but the latent vectors of this model lie on " + space + "; draw from its prior");
    }
    if (vae.runtime().conditions().containsKey(Inputs.MASK)) {
      throw new ConfigurationException("the latent vectors of this model follow which elements of"
          + " an example were observed (mask), and a sampler cannot know that of examples still to"
          + " be drawn; draw from the model's prior");
    }
  }

  private static LatentSampler fit(
      Vae vae,
      SamplerOptions options,
      Examples codes,
      Examples others,
      Supplier<Vae.Builder> engine,
      TrainingListener listener) {
    if (options.type().equals(SamplerOptions.MIXTURE)) {
      return vae.runtime().conditions().isEmpty()
          ? GaussianMixture.fit(codes, options.components(), options.seed())
          : MixturePerClass.fit(vae, codes, options.components(), options.seed());
    }
    return LatentModelSampler.fit(
        engine.get(),
        config(options, codes.shape().size(), vae.config().conditions()),
        codes,
        others,
        TrainingOptions.defaults().withEpochs(options.epochs()).withSeed(options.seed()),
        listener);
  }

  private static VaeConfig config(
      SamplerOptions options, int latent, Map<String, List<Integer>> conditions) {
    VaeConfig vectors = VaeConfig.defaults()
        .withInput(List.of(latent))
        .withLatent(latent)
        .withConditions(conditions);
    if (options.type().equals(SamplerOptions.TWO_STAGE)) {
      return vectors
          .with(
              Kind.ARCHITECTURE,
              ComponentConfig.of(ArchitecturesPlugin.MLP)
                  .with("hidden", options.hidden().stream().mapToInt(n -> n).toArray()))
          .with(
              Kind.LIKELIHOOD,
              ComponentConfig.of(Gaussian.NAME).with("sigma", "shared").with("initial_sigma", 1.0));
    }
    return vectors
        .with(Kind.MODEL, ComponentConfig.of(DensityModel.NAME))
        .with(
            Kind.PRIOR,
            ComponentConfig.of(options.type())
                .with("conditional", OptionValue.of(!conditions.isEmpty())));
  }

  /**
   * Returns the share of draws that lie twice as far out as any of the vectors it was fitted to.
   */
  static double farDraws(LatentSampler sampler, Examples codes, long seed) {
    int latent = codes.shape().size();
    float[] farthest = new float[latent];
    float[] z = new float[latent];
    for (int i = 0; i < codes.size(); i++) {
      codes.read(i, z, 0);
      for (int d = 0; d < latent; d++) {
        farthest[d] = Math.max(farthest[d], Math.abs(z[d]));
      }
    }
    float[] drawn = sampler
        .draw(TRIED_DRAWS, seed, LatentCodes.conditions(codes, TRIED_DRAWS))
        .data();
    return IntStream.range(0, TRIED_DRAWS)
            .filter(i -> IntStream.range(0, latent)
                .anyMatch(d -> !(Math.abs(drawn[i * latent + d]) <= 2 * farthest[d])))
            .count()
        / (double) TRIED_DRAWS;
  }

  /** Returns the mean log-likelihood of vectors under N(0, I). */
  private static double standardNormal(Examples latents) {
    float[] z = new float[latents.shape().size()];
    double squares = 0;
    for (int i = 0; i < latents.size(); i++) {
      latents.read(i, z, 0);
      for (float value : z) {
        squares += (double) value * value;
      }
    }
    return -squares / latents.size() / 2 - z.length / 2.0 * Math.log(2 * Math.PI);
  }

  /**
   * Opens a sampler.
   *
   * @param vae the model of this folder
   * @param engine describes the engine that a flow or a second model runs on
   * @throws io.github.jvae.error.VaeException if none of the type was fitted, or to other weights
   *     than the folder holds now
   */
  public LatentSampler open(String type, Vae vae, Supplier<Vae.Builder> engine) {
    Path file = folder(type).resolve(FILE);
    if (!Files.exists(file)) {
      List<String> there = fitted();
      throw new ConfigurationException("no sampler " + Quote.of(type) + " was fitted to "
          + Quote.path(model) + (there.isEmpty() ? "" : ", but " + Quote.list(there))
          + "; fit one with: vae fit " + model + " --sampler " + Quote.bare(type));
    }
    JsonMembers members = FileFault.within(file, () -> JsonMembers.of(JsonFile.read(file)));
    String known = FileFault.within(file, () -> members.text(WEIGHTS));
    if (!weights().equals(known)) {
      throw FileFault.of(
          file, "was fitted to other weights than the model has now", "fit the sampler again");
    }
    LatentModel latent = vae.runtime().model();
    int extent = FileFault.within(file, () -> members.integer(LATENT, 1, latent.latent()));
    if (extent == latent.latent()) {
      return open(type, vae, extent, engine);
    }
    LatentGroup top = TopGroup.of(latent)
        .filter(group -> group.size() == extent)
        .orElseThrow(() -> FileFault.of(
            file,
            "was fitted to " + extent + " of the model's " + latent.latent() + " dimensions",
            "fit the sampler again"));
    return new TopGroup(open(type, vae, extent, engine), top, vae);
  }

  private LatentSampler open(String type, Vae vae, int extent, Supplier<Vae.Builder> engine) {
    if (!type.equals(SamplerOptions.MIXTURE)) {
      return LatentModelSampler.open(folder(type), engine.get());
    }
    return vae.runtime().conditions().isEmpty()
        ? GaussianMixture.open(folder(type), extent)
        : MixturePerClass.open(folder(type), vae, extent);
  }

  private Path folder(String type) {
    return model.resolve(ModelFolder.SAMPLERS).resolve(type);
  }

  private String weights() {
    Path file = model.resolve(ModelFolder.MODEL);
    try {
      return Digests.ofFile(file, Digests.SHA_256);
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }
}
