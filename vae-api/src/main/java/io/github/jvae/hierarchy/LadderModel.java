package io.github.jvae.hierarchy;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Component;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Encoded;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.KnownLatents;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Layer;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Network;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Places;
import io.github.jvae.model.PriorNoise;
import io.github.jvae.model.Rows;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A hierarchy of latent groups, each an image of latent variables, from the coarsest to the finest
 * (Sønderby et al., "Ladder variational autoencoders", 2016; the blocks are those of Child, "Very
 * deep VAEs generalize autoregressive models and can outperform them on images", 2021, without the
 * mixed precision). A way up sees the example at each size; a way down, which starts from a learned
 * image, expects each group given those above it, infers it with what the way up saw at that size,
 * and goes on with what was drawn. The model draws on the same way down.
 *
 * <p>What a block adds starts small: the first weights that end it are divided by the square root
 * of the number of blocks, and the expectations start as N(0, I).
 */
final class LadderModel implements LatentModel {
  /** The name in configurations. */
  static final String NAME = "ladder";

  private static final String STATE = "h";
  private static final int IMAGE_RANK = 3;

  private final Likelihood likelihood;
  private final ImagePadding padding;
  private final int stride;
  private final List<Level> levels;
  private final Parameter start;
  private final Network output;

  /**
   * What belongs to one size of image.
   *
   * @param place the size in words, such as {@code 4x4}
   * @param up leads the way up to this size
   * @param blocks of the way down, in order
   * @param enlarge leads the way down to the next finer size; empty at the finest
   */
  private record Level(
      String place, Network up, List<LadderBlock> blocks, Optional<Network> enlarge) {}

  /** Decides what the latent variables of a block are. */
  @FunctionalInterface
  private interface Chooser {
    /**
     * Returns latent variables, [B, size].
     *
     * @param site where the way down has come to
     * @param expected what it expects there
     */
    Tensor choose(Site site, LadderBlock.Expected expected);
  }

  /**
   * A block on the way down.
   *
   * @param level which size of image, from the finest
   * @param block which block
   * @param place how many latent variables the blocks above have
   * @param state of the way down before the block
   */
  private record Site(int level, LadderBlock block, int place, Tensor state) {
    /** Returns what belongs to the block's latent variables, of what belongs to all. */
    Tensor own(Tensor all) {
      return all.slice(1, place, place + block.size());
    }
  }

  /**
   * Describes a model.
   *
   * @param image one example, [channels, height, width]
   * @param stride how many pixels of the example are one of the finest size
   * @param counts blocks at each size of image, from the finest inwards, each half the one before;
   *     a height or width that cannot be divided so often without a rest is padded
   * @throws ConfigurationException if the examples are no images, or a single pixel before they are
   *     divided so often
   */
  LadderModel(
      Shape image,
      int stride,
      List<Integer> counts,
      LadderBlock.Style style,
      Likelihood likelihood) {
    requireSizes(image, stride, counts.size());
    this.likelihood = likelihood;
    this.stride = stride;
    this.padding = ImagePadding.toMultiplesOf(divisor(stride, counts.size()), image);
    Layer.Conv2d entry = new Layer.Conv2d(style.width(), stride + 2, stride, 1);
    Shape finest = entry.output(padding.padded());
    this.levels = IntStream.range(0, counts.size())
        .mapToObj(level -> level(padding.padded(), entry, level, counts.get(level), style))
        .toList();
    this.start = new Parameter(
        NAME + ".start", size(finest, counts.size() - 1), new Initializer.Constant(0));
    int made = likelihood.decoded(image).dimension(0);
    this.output = Network.named(NAME + ".output")
        .input(STATE, finest)
        .layers(
            new Layer.Activate(style.activation()),
            // Each pixel apart, or each of those that are one of the finest size.
            stride == 1
                ? new Layer.Conv2d(made, 1, 1, 0)
                : new Layer.TransposedConv2d(made, stride, stride, 0, 0))
        .build();
  }

  private static void requireSizes(Shape image, int stride, int sizes) {
    if (image.rank() != IMAGE_RANK) {
      throw new ConfigurationException(
          "model " + NAME + " takes images [channels, height, width], not " + image);
    }
    int side = Math.min(image.dimension(1), image.dimension(2));
    if (stride > side) {
      throw new ConfigurationException("model " + NAME + " makes one of " + stride + "x" + stride
          + " pixels, which is more than images of " + side(image) + " have; give a stride of at"
          + " most " + side);
    }
    int most = mostSizes((side + stride - 1) / stride);
    if (sizes > most) {
      throw new ConfigurationException("model " + NAME + " of " + sizes(stride, sizes)
          + ", each half the one before, is deeper than images of " + side(image)
          + "; give at most " + most + (most == 1 ? " number" : " numbers") + " of blocks");
    }
  }

  private static String sizes(int stride, int count) {
    return count + " sizes" + (stride == 1 ? "" : " at a stride of " + stride);
  }

  private static int divisor(int stride, int sizes) {
    return stride << (sizes - 1);
  }

  /** Returns how many sizes there are until a side is a single pixel, rounded up. */
  private static int mostSizes(int side) {
    int sizes = 1;
    for (int rest = side; rest > 1; rest = (rest + 1) / 2) {
      sizes++;
    }
    return sizes;
  }

  @Override
  public List<String> notes() {
    if (padding.isNone()) {
      return List.of();
    }
    return List.of("model " + NAME + " pads images of " + side(padding.image()) + " to "
        + side(padding.padded()) + " by copies of their edges, as "
        + sizes(stride, levels.size()) + " need sides that " + divisor(stride, levels.size())
        + " divides; fewer numbers of blocks may need none");
  }

  private static String side(Shape image) {
    return image.dimension(1) + "x" + image.dimension(2);
  }

  /** Returns what is on the way at a level, given what is at the finest. */
  private static Shape size(Shape finest, int level) {
    return finest.with(1, finest.dimension(1) >> level).with(2, finest.dimension(2) >> level);
  }

  private static Level level(
      Shape image, Layer entry, int level, int count, LadderBlock.Style style) {
    Shape finest = entry.output(image);
    Shape size = size(finest, level);
    String place = side(size);
    Network up = Network.named(NAME + ".up" + place)
        .input(STATE, level == 0 ? image : size(finest, level - 1))
        .layers(level == 0 ? entry : new Layer.AveragePool(2))
        .layers(Collections.nCopies(count, style.residual(size)))
        .build()
        .withResidualScale(style.scale());
    List<LadderBlock> blocks = IntStream.rangeClosed(1, count)
        .mapToObj(number -> new LadderBlock("z" + place + "_" + number, size, style))
        .toList();
    Optional<Network> enlarge = level == 0
        ? Optional.empty()
        : Optional.of(Network.named(NAME + ".enlarge" + place)
            .input(STATE, size)
            .layers(new Layer.Upsample(2))
            .build());
    return new Level(place, up, blocks, enlarge);
  }

  @Override
  public List<Component> components() {
    return List.of(new Networks(this), likelihood);
  }

  /** The networks of both ways, and where the way down starts. */
  private record Networks(LadderModel model) implements Component {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Network> networks() {
      List<Network> networks = new ArrayList<>();
      for (Level level : model.levels) {
        networks.add(level.up());
        level.blocks().forEach(block -> networks.addAll(block.networks()));
        level.enlarge().ifPresent(networks::add);
      }
      networks.add(model.output);
      return networks;
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> parameters = new ArrayList<>(Component.super.parameters());
      parameters.add(model.start);
      return parameters;
    }
  }

  @Override
  public List<LatentGroup> groups() {
    List<LatentGroup> groups = new ArrayList<>();
    for (int level = levels.size() - 1; level >= 0; level--) {
      String place = levels.get(level).place();
      levels
          .get(level)
          .blocks()
          .forEach(block -> groups.add(new LatentGroup(block.name(), block.size(), place)));
    }
    return groups;
  }

  @Override
  public List<PriorNoise> priorNoise() {
    return groups().stream()
        .map(group -> new PriorNoise(group.name(), group.size(), group.size()))
        .toList();
  }

  @Override
  public Likelihood likelihood() {
    return likelihood;
  }

  @Override
  public BoundTerms bound(Inputs in, Tensor noise, DivergenceForm form) {
    int draws = noise.shape().dimension(0) / in.size();
    List<Tensor> seen =
        wayUp(in).stream().map(features -> Rows.repeat(features, draws)).toList();
    Inputs each = in.repeat(draws);
    Map<String, Tensor> divergences = new LinkedHashMap<>();
    Tensor decoded = wayDown(each.x().trace(), each.size(), each.conditions(), (site, expected) -> {
      DiagonalGaussian posterior = infer(site, seen, each.conditions());
      Draw draw = posterior.draw(site.own(noise));
      divergences.put(
          site.block().name(),
          form == DivergenceForm.CLOSED_FORM
              ? posterior.divergenceFrom(expected.prior()).sum(1)
              : draw.logProb().subtract(expected.prior().logProb(draw.z())));
      return draw.z();
    });
    return new BoundTerms(logLikelihood(each, decoded), divergences);
  }

  private static DiagonalGaussian infer(Site site, List<Tensor> seen, Conditions conditions) {
    return site.block().infer(site.state(), seen.get(site.level()), conditions);
  }

  /** Records what the way up sees at each size, from the finest. */
  private List<Tensor> wayUp(Inputs in) {
    List<Tensor> seen = new ArrayList<>();
    Tensor state = padding.pad(in.x());
    for (Level level : levels) {
      state = in.x().trace().apply(level.up(), state);
      seen.add(state);
    }
    return seen;
  }

  /** Records what the likelihood reads at the end of the way down. */
  private Tensor wayDown(Trace trace, int batch, Conditions conditions, Chooser chooser) {
    Tensor state = trace.parameter(start.name()).broadcastTo(start.shape().prepend(batch));
    int place = 0;
    for (int index = levels.size() - 1; index >= 0; index--) {
      Level level = levels.get(index);
      for (LadderBlock block : level.blocks()) {
        LadderBlock.Expected expected = block.expect(state, conditions);
        Tensor z = chooser.choose(new Site(index, block, place, state), expected);
        state = block.proceed(expected, z);
        place += block.size();
      }
      if (level.enlarge().isPresent()) {
        state = trace.apply(level.enlarge().get(), state);
      }
    }
    return padding.crop(trace.apply(output, state));
  }

  /** Each group is that of the posterior means of those above it. */
  @Override
  public Encoded encode(Inputs in) {
    List<Tensor> seen = wayUp(in);
    List<Tensor> means = new ArrayList<>();
    List<Tensor> logVariances = new ArrayList<>();
    List<Tensor> divergences = new ArrayList<>();
    wayDown(in.x().trace(), in.size(), in.conditions(), (site, expected) -> {
      DiagonalGaussian posterior = infer(site, seen, in.conditions());
      means.add(posterior.mean());
      logVariances.add(posterior.logVariance());
      divergences.add(posterior.divergenceFrom(expected.prior()));
      return posterior.mean();
    });
    return new Encoded(
        Places.joined(means),
        Optional.of(Places.joined(logVariances)),
        Optional.of(Places.joined(divergences)));
  }

  @Override
  public Tensor decode(Tensor z, Conditions conditions) {
    int batch = z.shape().dimension(0);
    return wayDown(z.trace(), batch, conditions, (site, expected) -> site.own(z));
  }

  @Override
  public Tensor sample(Tensor noise, Conditions conditions) {
    return drawn(noise, conditions, (site, z) -> z);
  }

  @Override
  public Tensor complete(KnownLatents known, Tensor noise, Conditions conditions) {
    return drawn(noise, conditions, (site, z) -> known.over(z, site.place()));
  }

  /**
   * Records draws from the prior.
   *
   * @param taken what the way down goes on with in place of what a block drew
   */
  private Tensor drawn(
      Tensor noise, Conditions conditions, BiFunction<Site, Tensor, Tensor> taken) {
    List<Tensor> drawn = new ArrayList<>();
    int batch = noise.shape().dimension(0);
    wayDown(noise.trace(), batch, conditions, (site, expected) -> {
      drawn.add(taken.apply(site, expected.prior().draw(site.own(noise)).z()));
      return drawn.get(drawn.size() - 1);
    });
    return Places.joined(drawn);
  }
}
