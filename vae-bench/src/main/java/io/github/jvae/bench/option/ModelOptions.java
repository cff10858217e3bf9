package io.github.jvae.bench.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.ComponentConfig;
import io.github.jvae.CorePlugin;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.checkpoint.JsonFile;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Dataset;
import io.github.jvae.data.ImageData;
import io.github.jvae.data.PixelMoments;
import io.github.jvae.error.Quote;
import io.github.jvae.error.VaeException;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.DiscretizedLogistic;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new model is: flags, over a file, over defaults that fit the images. */
public final class ModelOptions {
  private static final Set<String> CHOSEN_BY_IMAGES = Set.of(Bernoulli.NAME, Gaussian.NAME);

  /** What the output bias starts from. */
  enum OutputBias {
    init,
    data
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A model's configuration as JSON, or the config.json of a saved model; flags"
          + " win over it.")
  private @Nullable Path file;

  @Option(
      names = "--arch",
      paramLabel = "NAME",
      description = "The networks: mlp, conv, or what a plugin offers, see 'vae components'. Both"
          + " take images of any height and width. Default: conv for colour images, mlp for gray ones; mlp where --hidden is given, conv"
          + " where --channels, --kernel, --stride, --padding or --dense is.")
  private @Nullable String architecture;

  @Option(
      names = "--hidden",
      paramLabel = "N,...",
      split = ",",
      hideParamSyntax = true,
      converter = PositiveInteger.class,
      description = "mlp: hidden units, from the image inwards. Default: 400.")
  private @Nullable List<Integer> hidden;

  @Option(
      names = "--channels",
      paramLabel = "N,...",
      split = ",",
      hideParamSyntax = true,
      converter = PositiveInteger.class,
      description = "conv: channels, from the image inwards. Default: 32,64,128.")
  private @Nullable List<Integer> channels;

  @Option(
      names = "--kernel",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "conv: the side of a kernel. Default: 4.")
  private @Nullable Integer kernel;

  @Option(
      names = "--stride",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "conv: the stride. Default: 2.")
  private @Nullable Integer stride;

  @Option(
      names = "--padding",
      paramLabel = "N",
      converter = CountFromZero.class,
      description = "conv: the padding. Default: 1.")
  private @Nullable Integer padding;

  @Option(
      names = "--dense",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "conv: units of the dense layer next to the latent. Default: 256.")
  private @Nullable Integer dense;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "relu, tanh, sigmoid, softplus, leaky-relu, elu, gelu or silu. Default: relu.")
  private @Nullable String activation;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description =
          "How the first weights are made: fan-in, as PyTorch does, or glorot, with biases"
              + " of 0. Default: fan-in.")
  private @Nullable String init;

  @Option(
      names = "--output-bias",
      paramLabel = "WHAT",
      description =
          "What the bias of the decoder's last layer starts from: ${COMPLETION-CANDIDATES}."
              + " data is the average training image, and its spread where the decoder makes that."
              + " Default: init, like other biases.")
  private OutputBias outputBias = OutputBias.init;

  @Option(
      names = "--latent",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description =
          "The extent of the latent vector. Default: 32 for colour images, 20 for gray ones.")
  private @Nullable Integer latent;

  @Option(
      names = "--likelihood",
      paramLabel = "NAME",
      description = "p(x|z): bernoulli, continuous-bernoulli (a density of gray values), gaussian,"
          + " discretized-logistic (256 levels), or what a"
          + " plugin offers. Default: gaussian for colour images and where --sigma is given,"
          + " discretized-logistic where --scale is, bernoulli for gray images.")
  private @Nullable String likelihood;

  @Option(
      names = "--sigma",
      paramLabel = "NUMBER|learned|shared",
      description =
          "gaussian: the standard deviation of a pixel, above 0; 'learned' for one per pixel made"
              + " by the decoder, 'shared' for one learned number. Default: 0.1.")
  private @Nullable String sigma;

  @Option(
      names = "--scale",
      paramLabel = "NUMBER|learned|shared",
      description =
          "discretized-logistic: the scale of a pixel, from 0.00045594 to 10; 'learned' for one per pixel made by"
              + " the decoder, 'shared' for one learned number. Default: 0.05.")
  private @Nullable String scale;

  @Option(
      names = "--prior",
      paramLabel = "NAME",
      description = "p(z): standard-normal, or what a plugin offers. Default: standard-normal.")
  private @Nullable String prior;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description = "What training minimises: elbo, or what a plugin offers. Default: elbo.")
  private @Nullable String objective;

  @Option(
      names = "--elbo-form",
      paramLabel = "FORM",
      description = "elbo: closed-form (the divergence by its formula) or sampled. Default:"
          + " closed-form.")
  private @Nullable String elboForm;

  @Option(
      names = "--arch-option",
      paramLabel = "KEY=VALUE",
      description = "An option of a plugin's architecture; may be given several times.")
  private Map<String, String> architectureOptions = Map.of();

  @Option(
      names = "--likelihood-option",
      paramLabel = "KEY=VALUE",
      description = "An option of a plugin's likelihood; may be given several times.")
  private Map<String, String> likelihoodOptions = Map.of();

  @Option(
      names = "--prior-option",
      paramLabel = "KEY=VALUE",
      description = "An option of a plugin's prior; may be given several times.")
  private Map<String, String> priorOptions = Map.of();

  @Option(
      names = "--objective-option",
      paramLabel = "KEY=VALUE",
      description = "An option of a plugin's objective; may be given several times.")
  private Map<String, String> objectiveOptions = Map.of();

  /**
   * The model for a data set, checked as far as it can be without an engine.
   *
   * @throws picocli.CommandLine.ParameterException that lists what is wrong with it
   */
  public VaeConfig config(ImageData data, OutputOptions output) {
    return Typed.value(output, () -> {
      VaeConfig base = file == null ? defaults(data.imageShape()) : read(file, data);
      VaeConfig config = new VaeConfig(
          base.input(),
          architecture(base.architecture()),
          latent == null ? base.latent() : latent,
          likelihood(base.likelihood()),
          new ComponentFlags(base.prior(), prior).set(priorOptions).config(),
          objective(base.objective()));
      config.validate(Vae.catalogue());
      return config;
    });
  }

  /**
   * The pixels that the output bias starts from, as the model will see them; null if it does not.
   */
  public @Nullable PixelMoments outputBias(Dataset train, Binarization binarization) {
    return biasOfData() ? PixelMoments.of(train, binarization) : null;
  }

  /** Whether the output bias starts from the training images. */
  public boolean biasOfData() {
    return outputBias == OutputBias.data;
  }

  private static VaeConfig defaults(Shape image) {
    VaeConfig gray = VaeConfig.defaults();
    List<Integer> input = extents(image);
    if (image.dimension(0) == 1) {
      return new VaeConfig(
          input,
          gray.architecture(),
          gray.latent(),
          gray.likelihood(),
          gray.prior(),
          gray.objective());
    }
    return new VaeConfig(
        input,
        ComponentConfig.of(CorePlugin.CONV),
        32,
        ComponentConfig.of(Gaussian.NAME).with("sigma", 0.1),
        gray.prior(),
        gray.objective());
  }

  private static VaeConfig read(Path file, ImageData data) {
    ObjectNode json = JsonFile.read(file);
    JsonNode model = json.has("format") && json.has("model") ? json.get("model") : json;
    if (model instanceof ObjectNode fields && !fields.has("input")) {
      extents(data.imageShape()).forEach(fields.putArray("input")::add);
    }
    VaeConfig config;
    try {
      config = VaeConfig.fromJson(model);
    } catch (VaeException e) {
      throw new VaeException("--config " + Quote.path(file) + ": " + e.getMessage(), e);
    }
    if (!config.input().equals(extents(data.imageShape()))) {
      throw new VaeException("--config " + Quote.path(file) + " is for images of "
          + Quote.bare(config.input())
          + ", but data set " + data.name() + " has images of " + data.imageShape()
          + "; leave \"input\" out of the file, or choose other --data");
    }
    return config;
  }

  private static List<Integer> extents(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }

  private ComponentConfig architecture(ComponentConfig base) {
    String name = architecture;
    if (name == null && hidden != null) {
      name = CorePlugin.MLP;
    } else if (name == null && isConvolutional()) {
      name = CorePlugin.CONV;
    }
    return new ComponentFlags(base, name)
        .set("hidden", hidden)
        .set("channels", channels)
        .set("kernel", kernel)
        .set("stride", stride)
        .set("padding", padding)
        .set("dense", dense)
        .set("activation", activation)
        .set("init", init)
        .set(architectureOptions)
        .config();
  }

  private boolean isConvolutional() {
    return channels != null || kernel != null || stride != null || padding != null || dense != null;
  }

  private ComponentConfig likelihood(ComponentConfig base) {
    return new ComponentFlags(base, likelihoodName(base))
        .set("sigma", sigma == null ? null : width("--sigma", sigma))
        .set("scale", scale == null ? null : width("--scale", scale))
        .set(likelihoodOptions)
        .config();
  }

  /** A width says which likelihood is meant, where only the images' kind would choose it. */
  private @Nullable String likelihoodName(ComponentConfig base) {
    if (likelihood != null || !CHOSEN_BY_IMAGES.contains(base.type())) {
      return likelihood;
    }
    if (scale != null) {
      return DiscretizedLogistic.NAME;
    }
    return sigma == null ? null : Gaussian.NAME;
  }

  private static Object width(String option, String text) {
    if (text.equals("learned") || text.equals("shared")) {
      return text;
    }
    try {
      // Its range is the likelihood's to tell.
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new VaeException(
          option + " must be a number, learned or shared, not " + Quote.of(text), e);
    }
  }

  private ComponentConfig objective(ComponentConfig base) {
    return new ComponentFlags(base, objective)
        .set("form", elboForm)
        .set(objectiveOptions)
        .config();
  }
}
