package io.github.jvae;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.architecture.LayerLists;
import io.github.jvae.backend.Backend;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Backends;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.Precision;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.SavedModel;
import io.github.jvae.data.Condition;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.evaluate.Evaluator;
import io.github.jvae.evaluate.Inference;
import io.github.jvae.evaluate.Metrics;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.DiscretizedLogistic;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Layer;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.internal.CheckedPlugin;
import io.github.jvae.service.ServiceOptions;
import io.github.jvae.service.VaeService;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.train.Trainer;
import io.github.jvae.train.TrainingListener;
import io.github.jvae.train.TrainingOptions;
import io.github.jvae.train.TrainingResult;
import io.github.jvae.train.TrainingRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A variational autoencoder: built, trained, used and saved without naming an engine. Which one
 * computes is decided by the backend on the classpath.
 *
 * <pre>{@code
 * try (Vae vae = Vae.builder().input(3, 32, 32).conv(32, 64, 128).latent(32).gaussian(0.1).build()) {
 *   vae.train(Shapes.standard(), TrainingOptions.defaults().withEpochs(3));
 *   HostTensor images = vae.sample(64, 1);
 *   vae.save(Path.of("my-model"));
 * }
 * }</pre>
 *
 * <p>Holds native memory: close it. Any number of threads may use a model; each call is whole. They
 * encode, decode and sample side by side, and take turns where one trains or writes weights;
 * different models do not wait for each other. Closing waits for the calls under way, and refuses
 * those that come later. {@link #service} is for programs with many threads.
 */
public final class Vae implements AutoCloseable {
  /** The version of {@code config.json} that {@link #save} writes. */
  static final int FORMAT = 1;

  private static final String FORMAT_KEY = "format";
  private static final String MODEL_KEY = "model";
  private static final String PROVENANCE_KEY = "provenance";

  private final VaeConfig config;
  private final ModelRuntime runtime;
  private final Inference inference;
  private final Precision precision;
  private volatile @Nullable Training training;

  @Inject
  Vae(
      VaeConfig config,
      Provider<Backend> engine,
      BackendOptions options,
      Catalogue catalogue,
      FirstWeights firstWeights) {
    this.precision = options.precision();
    // Before the engine starts, which takes seconds.
    this.config = firstWeights.complete(config, catalogue);
    FirstWeights.Start start = firstWeights.prepare(this.config, catalogue);
    Backend backend = engine.get();
    try {
      this.runtime = start.parts().on(backend);
      start.variables().accept(this.runtime);
      this.inference = new Inference(this.runtime);
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /** Describes a new model. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Opens a saved model with the only backend on the classpath, whichever engine trained it.
   *
   * @throws VaeException if the folder is no model, or its tensors do not match its configuration
   */
  public static Vae load(Path folder) {
    return load(folder, builder());
  }

  /**
   * Opens a saved model.
   *
   * @param folder where it was saved; a stranger's is opened only as far as the length of its
   *     weights' file bears out what its configuration asks for
   * @param engine says which backend, how many threads and what precision; what it says of the
   *     model is not used, and it stays as it is
   * @throws VaeException if the folder is no model, its tensors do not match its configuration, or
   *     one of them holds a number that is not finite
   */
  public static Vae load(Path folder, Builder engine) {
    ModelFolder files = new ModelFolder(folder);
    VaeConfig config =
        FileFault.within(folder.resolve(ModelFolder.CONFIG), () -> readConfig(files.loadConfig()));
    return engine.build(config, new FirstWeights.Saved(files));
  }

  private static VaeConfig readConfig(Options config) {
    OptionValue model = config.get(MODEL_KEY);
    if (model == null
        || !(config.get(FORMAT_KEY) instanceof OptionValue.Whole format)
        || format.value().signum() <= 0) {
      throw new VaeException("it is no model's configuration: it has no \"format\" (a whole number"
          + " from 1) and \"model\"; check the path");
    }
    if (!format.isWithin(1, FORMAT)) {
      throw new VaeException("it has format " + Quote.bare(format)
          + ", but this version reads up to " + FORMAT + "; use a newer jvae");
    }
    return VaeConfig.of(model);
  }

  /** What this model is. */
  public VaeConfig config() {
    return config;
  }

  /** What computes. */
  public BackendInfo backend() {
    return runtime.backend().info();
  }

  /** The model in its backend, for those who write training loops or computations of their own. */
  public ModelRuntime runtime() {
    return runtime;
  }

  /** How many numbers are trained. */
  public long parameterCount() {
    return runtime.parameterCount();
  }

  /** All weights by name, in PyTorch's layouts; a copy. */
  public Map<String, HostTensor> parameters() {
    return runtime.backend().variables().readAll();
  }

  /**
   * Trains on a data set, as {@link Trainer#train(DataParts)} does: judged after each epoch by the
   * validation part that the options say, and once, at the end, by the test part.
   *
   * @throws VaeException if the model cannot take the examples, or training diverges
   */
  public TrainingResult train(DataParts data, TrainingOptions options) {
    return trainer(options, TrainingData.of(options.parts(data))).train(data);
  }

  /** Prepares a training, to add listeners and checkpoints to. */
  public Trainer trainer(TrainingOptions options) {
    return trainer(options, null);
  }

  private Trainer trainer(TrainingOptions options, @Nullable TrainingData data) {
    return new Trainer(runtime, options).listener(new TrainingListener() {
      @Override
      public void started(TrainingRun run) {
        training = new Training(options, data);
      }
    });
  }

  /**
   * How this model was trained last.
   *
   * @param options how
   * @param data on what, if that is known
   */
  private record Training(TrainingOptions options, @Nullable TrainingData data) {}

  /**
   * Returns the evidence lower bound on a data set, and the bound that the objective trains, if
   * that is another and no schedule goes into it.
   *
   * @param transforms what is done to the examples, such as what was done in training
   * @param seed of the noise and of what is random in the transforms
   * @throws VaeException if the model cannot take the examples
   */
  public Metrics evaluate(Examples data, int batchSize, Transforms transforms, long seed) {
    config.requireClasses(data);
    try (Evaluator evaluator = new Evaluator(runtime)) {
      return evaluator.evaluate(data, batchSize, transforms, seed, Map.of());
    }
  }

  /**
   * Returns what the model is told of examples that it is to make, from words: all that draws take.
   *
   * @param given a class by its name or number, {@code all} for all classes in turn, or measured
   *     numbers with commas between; by the names of the conditions
   * @param count how many examples
   * @return [count, ...] each
   * @throws VaeException if there is no such condition or class; the message lists those there are
   */
  public Map<String, HostTensor> conditions(Map<String, String> given, int count) {
    return GivenConditions.of(config, given, count);
  }

  /**
   * The posteriors of images, [B, C, H, W] in [0, 1].
   *
   * @throws VaeException if the shape is not the model's, or a pixel is not a finite number
   */
  public Encoding encode(HostTensor images) {
    return inference.encode(images);
  }

  /**
   * The expected images of latent vectors [B, L].
   *
   * @return [B, C, H, W]
   * @throws VaeException if the shape is not the model's
   */
  public HostTensor decode(HostTensor latents) {
    return inference.decode(latents);
  }

  /**
   * Images through the posterior's mean and back, [B, C, H, W].
   *
   * @throws VaeException if the shape is not the model's, or a pixel is not a finite number
   */
  public HostTensor reconstruct(HostTensor images) {
    return inference.reconstruct(images);
  }

  /**
   * The expected images of latent vectors drawn from the prior.
   *
   * @return [count, C, H, W]
   */
  public HostTensor sample(int count, long seed) {
    return inference.sample(count, seed);
  }

  /** All that {@link #encode}, {@link #decode} and {@link #sample} do, and a little more. */
  public Inference inference() {
    return inference;
  }

  /**
   * Returns a service for many threads, as {@link #service(ServiceOptions)} does, with the usual
   * options.
   */
  public VaeService service() {
    return service(ServiceOptions.defaults());
  }

  /**
   * Returns a service for many threads: it gathers what they ask for into batches, holds a queue of
   * limited length and can be watched. It has the model's weights, not a copy; close it first.
   */
  public VaeService service(ServiceOptions options) {
    return new VaeService(runtime, inference, options);
  }

  /**
   * Saves the model to a folder, whole or not at all.
   *
   * @throws VaeException if it cannot be written
   */
  public void save(Path folder) {
    save(folder, Options.none());
  }

  /**
   * Saves the model to a folder, whole or not at all.
   *
   * @param more what else is known of its making, beside {@link #provenance}: metrics, for example
   * @throws VaeException if it cannot be written
   */
  public void save(Path folder, Options more) {
    new ModelFolder(folder).saveModel(new SavedModel(folderConfig(more), parameters()));
  }

  /**
   * Returns the content of {@code config.json}.
   *
   * @param more what else is known of the model's making; it wins over {@link #provenance}
   */
  public Options folderConfig(Options more) {
    return Options.none()
        .with(FORMAT_KEY, FORMAT)
        .with(MODEL_KEY, config.toOptions())
        .with(PROVENANCE_KEY, provenance().toOptions().with(more));
  }

  /** Returns how this model was made, as far as it is known here. */
  public Provenance provenance() {
    Training last = training;
    return Provenance.now(
        backend(),
        last == null ? null : last.data(),
        precision,
        last == null ? null : last.options());
  }

  /**
   * Releases all native memory, once the call under way in another thread has ended. Closing twice
   * does nothing; any use after it is a {@link VaeException}.
   */
  @Override
  public void close() {
    // With all that was compiled: whoever uses it meanwhile is told that the model is closed.
    runtime.backend().close();
  }

  /** The components the classpath offers, without starting an engine. */
  public static Catalogue catalogue() {
    return unwrapped(
        () -> Guice.createInjector(new VaeModule.CatalogueModule()).getInstance(Catalogue.class));
  }

  /** Guice reports what a provider throws in wrappings of its own; users want the sentence. */
  private static <T> T unwrapped(Supplier<T> wiring) {
    try {
      return wiring.get();
    } catch (ProvisionException e) {
      throw cause(e.getErrorMessages(), e);
    } catch (CreationException e) {
      throw cause(e.getErrorMessages(), e);
    }
  }

  private static RuntimeException cause(Collection<Message> messages, RuntimeException wrapping) {
    for (Message message : messages) {
      for (Throwable t = message.getCause(); t != null; t = t.getCause()) {
        if (t instanceof VaeException fault) {
          return fault;
        }
        if (t instanceof Error error) {
          throw error;
        }
      }
    }
    return wrapping;
  }

  /** Describes a model and the engine it runs on; what is not said is as in the defaults. */
  public static final class Builder {
    private VaeConfig model = VaeConfig.defaults();
    private @Nullable String backend;
    private @Nullable BackendModule backendModule;
    private final BackendOptions.Builder options = BackendOptions.builder();
    private long seed = 1;
    private @Nullable ElementMoments outputBias;
    private @Nullable FirstExamples examples;

    private Builder() {}

    /** The whole model at once, in place of what was said so far. */
    public Builder config(VaeConfig config) {
      model = config;
      return this;
    }

    /** Returns the model as described so far, without the engine. */
    public VaeConfig config() {
      return model;
    }

    /** The size of the images; 1 x 28 x 28 if not said. */
    public Builder input(int channels, int height, int width) {
      model = model.withInput(List.of(channels, height, width));
      return this;
    }

    /**
     * Fully connected networks, hidden units from the image inwards, with relu; 400 if not said.
     */
    public Builder mlp(int... hidden) {
      return architecture(ComponentConfig.of(ArchitecturesPlugin.MLP).with("hidden", hidden));
    }

    /**
     * Convolutional networks, channels from the image inwards, kernel 4, stride 2, with relu.
     * Images may have any height and width: what a stride leaves over, the decoder adds again.
     */
    public Builder conv(int... channels) {
      return architecture(ComponentConfig.of(ArchitecturesPlugin.CONV).with("channels", channels));
    }

    /** Networks layer by layer: the encoder's before its heads, and all of the decoder's. */
    public Builder layers(List<Layer> encoder, List<Layer> decoder) {
      return architecture(ComponentConfig.of(ArchitecturesPlugin.LAYERS)
          .with("encoder", new LayerLists().write(encoder))
          .with("decoder", new LayerLists().write(decoder)));
    }

    /** Networks by name and options. */
    public Builder architecture(ComponentConfig architecture) {
      return component(Kind.ARCHITECTURE, architecture);
    }

    /** The component of any kind by name and options. */
    public Builder component(Kind<?> kind, ComponentConfig component) {
      model = model.with(kind, component);
      return this;
    }

    /** The shape of an example that is no image, such as the columns of a table. */
    public Builder example(int... extents) {
      model = model.withInput(Arrays.stream(extents).boxed().toList());
      return this;
    }

    /**
     * What the model is told of each example beside; nothing if not said.
     *
     * @param name such as {@code label}, as the data have it
     * @param extents of it, such as the number of classes
     */
    public Builder condition(String name, int... extents) {
      Map<String, List<Integer>> conditions = new TreeMap<>(model.conditions());
      conditions.put(name, Arrays.stream(extents).boxed().toList());
      model = model.withConditions(conditions);
      return this;
    }

    /**
     * What the model is told of each example beside, as examples have it, with the names of
     * classes.
     *
     * @param condition such as {@code examples.condition("label")}
     */
    public Builder condition(Condition condition) {
      Map<String, List<Integer>> extents = new TreeMap<>(model.conditions());
      Map<String, List<String>> classes = new TreeMap<>(model.conditionClasses());
      VaeConfig one = model.withConditions(List.of(condition));
      extents.putAll(one.conditions());
      classes.remove(condition.name());
      classes.putAll(one.conditionClasses());
      model = model.withConditions(extents).withConditionClasses(classes);
      return this;
    }

    /** The extent of the latent vector; 20 if not said. */
    public Builder latent(int size) {
      model = model.withLatent(size);
      return this;
    }

    /** Independent Bernoulli pixels, which is the default. */
    public Builder bernoulli() {
      return likelihood(ComponentConfig.of(Bernoulli.NAME));
    }

    /** Independent normal pixels with a fixed standard deviation. */
    public Builder gaussian(double sigma) {
      return likelihood(ComponentConfig.of(Gaussian.NAME).with("sigma", sigma));
    }

    /**
     * Independent pixels of 256 levels, for which bits per dimension mean something; the decoder
     * makes the mean and the scale of each.
     */
    public Builder discretizedLogistic() {
      return likelihood(ComponentConfig.of(DiscretizedLogistic.NAME).with("scale", "learned"));
    }

    /** The likelihood by name and options. */
    public Builder likelihood(ComponentConfig likelihood) {
      return component(Kind.LIKELIHOOD, likelihood);
    }

    /** The prior by name and options; standard normal if not said. */
    public Builder prior(ComponentConfig prior) {
      return component(Kind.PRIOR, prior);
    }

    /** The objective by name and options; the ELBO if not said. */
    public Builder objective(ComponentConfig objective) {
      return component(Kind.OBJECTIVE, objective);
    }

    /** The backend's name; the only one on the classpath if not said. */
    public Builder backend(@Nullable String name) {
      backend = name;
      return this;
    }

    /** A backend's module, in place of one found on the classpath. */
    public Builder backend(BackendModule module) {
      backendModule = module;
      return this;
    }

    /** Processor threads for one operation; the engine's choice if not said. */
    public Builder threads(int count) {
      options.threads(count);
      return this;
    }

    /** The precision of matrix products; single precision if not said. */
    public Builder precision(Precision value) {
      options.precision(value);
      return this;
    }

    /**
     * Where to compute, such as {@code cpu}, {@code gpu} or {@code gpu:1}; the backend's choice if
     * not said.
     */
    public Builder device(@Nullable String name) {
      options.device(name);
      return this;
    }

    /** What only one engine understands, by a key that its backend documents. */
    public Builder engineProperty(String key, String value) {
      options.property(key, value);
      return this;
    }

    /** The seed of the first weights; 1 if not said. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * The moments, usually of the training examples as the model sees them, that the bias of the
     * decoder's last layer starts from: a new model then expects their means, and where the decoder
     * makes the width of an element's distribution, their spread. Like other biases if not said.
     */
    public Builder outputBias(@Nullable ElementMoments moments) {
      outputBias = moments;
      return this;
    }

    /**
     * The training examples that a component may start from, such as the pseudo-inputs of a
     * VampPrior: chosen at random by the seed. None if not said.
     *
     * @param train of which each is taken once at most
     * @param transforms what training does to them
     */
    public Builder startingFrom(Examples train, Transforms transforms) {
      examples = new FirstExamples(train, transforms);
      return this;
    }

    /**
     * Builds the model and starts its engine.
     *
     * @throws VaeException if the configuration has faults (all are listed), a component starts
     *     from more examples than there are, or no backend fits
     */
    public Vae build() {
      return build(
          model,
          new FirstWeights.Seeded(
              seed, Optional.ofNullable(outputBias), Optional.ofNullable(examples)));
    }

    /**
     * Starts the engine that was chosen without a model, for computations of one's own. It is
     * closed by who asked for it.
     *
     * @throws VaeException if no backend fits
     */
    public Backend engine() {
      BackendModule module = module();
      BackendOptions told = options.build();
      return unwrapped(() -> Guice.createInjector(
              new CheckedPlugin(module),
              new VaeModule.CatalogueModule(),
              binder -> binder.bind(BackendOptions.class).toInstance(told))
          .getInstance(Backend.class));
    }

    private BackendModule module() {
      return backendModule == null ? Backends.choose(backend) : backendModule;
    }

    private Vae build(VaeConfig config, FirstWeights firstWeights) {
      BackendModule module = module();
      BackendOptions told = options.build();
      return unwrapped(() -> Guice.createInjector(new VaeModule(config, module, told, firstWeights))
          .getInstance(Vae.class));
    }
  }
}
