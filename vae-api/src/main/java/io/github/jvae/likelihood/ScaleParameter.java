package io.github.jvae.likelihood;

import io.github.jvae.error.Range;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.List;

/**
 * How wide the distribution of a pixel is about its location: the σ of a normal one, the scale of a
 * logistic one. A fixed number, one learned number shared by all pixels, or learned for each pixel
 * by the decoder, whose channels then are all locations first, then all logarithms of widths.
 */
public final class ScaleParameter {
  /** Where a width comes from. */
  public enum Kind {
    /** A number that does not change. */
    FIXED,
    /** One trained number for all pixels. */
    SHARED,
    /** The decoder makes the logarithm of one for each pixel and channel. */
    PER_PIXEL
  }

  private static final String LEARNED = "learned";
  private static final String SHARED = "shared";

  /**
   * What a likelihood calls its width, and which widths it can do with.
   *
   * @param likelihood whose width it is, for messages
   * @param parameter the name of a shared one's natural logarithm among the parameters
   * @param range what a width may be
   * @param width the option that says where it comes from
   * @param initial the option that says what a shared one starts from
   * @param least what is added to one that the decoder makes, so that it stays above that
   */
  record Terms(
      String likelihood,
      String parameter,
      Range range,
      OptionDescription<OptionValue> width,
      OptionDescription<Double> initial,
      double least) {

    /**
     * Returns the terms of a likelihood.
     *
     * @param option the option of a configuration, such as {@code sigma}; {@code initial_sigma} is
     *     what a shared one starts from
     * @param otherwise the width that is used where none is said
     */
    static Terms of(
        String likelihood, String option, String parameter, Range range, double otherwise) {
      return of(
          likelihood,
          option,
          "The width of a pixel's distribution; learned is one per pixel, made by the decoder,"
              + " shared is one learned number.",
          parameter,
          range,
          OptionValue.of(otherwise),
          otherwise);
    }

    /**
     * Returns the terms of a likelihood of elements that are no pixels, whose width is learned for
     * each unless something else is said.
     *
     * @param what the option is, in a sentence
     * @param start what a shared one starts from
     */
    static Terms ofElements(
        String likelihood,
        String option,
        String what,
        String parameter,
        Range range,
        double start) {
      return of(
          likelihood,
          option,
          what + " A number; learned is one per element, made by the decoder, shared is one learned"
              + " number.",
          parameter,
          range,
          OptionValue.of(LEARNED),
          start);
    }

    private static Terms of(
        String likelihood,
        String option,
        String what,
        String parameter,
        Range range,
        OptionValue otherwise,
        double start) {
      OptionDescription<OptionValue> width = OptionDescription.of(
          option, OptionType.numberOr(range, LEARNED, SHARED), otherwise, what);
      OptionDescription<Double> initial = OptionDescription.of(
              "initial_" + option,
              OptionType.number(range),
              start,
              "What a shared " + option + " starts from.")
          .onlyWhere(width, OptionValue.of(SHARED));
      return new Terms(likelihood, parameter, range, width, initial, 0);
    }

    /** Returns the same with a short flag for the width, which is taken to mean this likelihood. */
    Terms withFlag() {
      return new Terms(likelihood, parameter, range, width.withFlag(width.name()), initial, least);
    }

    /** Returns the same for widths that the decoder makes to stay above a number. */
    Terms above(double bound) {
      return new Terms(likelihood, parameter, range, width, initial, bound);
    }

    private double require(double value) {
      return range.require("likelihood " + likelihood + ": " + width.name(), value);
    }

    OptionDescription<?>[] options() {
      return new OptionDescription<?>[] {width, initial};
    }

    ScaleParameter fixed(double value) {
      return new ScaleParameter(this, Kind.FIXED, require(value));
    }

    ScaleParameter shared(double initial) {
      return new ScaleParameter(this, Kind.SHARED, require(initial));
    }

    ScaleParameter perPixel() {
      return new ScaleParameter(this, Kind.PER_PIXEL, 1);
    }

    /** Reads the width by its descriptions. */
    ScaleParameter of(Options options) {
      if (!(width.in(options) instanceof OptionValue.Text word)) {
        return fixed(((OptionValue.Real) width.in(options)).value());
      }
      return word.value().equals(LEARNED) ? perPixel() : shared(initial.in(options));
    }
  }

  /** A pixel that never changed in training may yet do so, and then must not cost everything. */
  static final double LEAST_DEVIATION = 0.1;

  /**
   * Below a thousandth of what a column spreads over, a width tells rounding and not the column; a
   * constant one would otherwise draw its width to 0 and the density to infinity.
   */
  static final double LEAST_OF_COLUMN = 1e-3;

  private final Terms terms;
  private final Kind kind;
  private final double value;

  private ScaleParameter(Terms terms, Kind kind, double value) {
    this.terms = terms;
    this.kind = kind;
    this.value = value;
  }

  Kind kind() {
    return kind;
  }

  /** The fixed width, or the one a shared width starts from. */
  double value() {
    return value;
  }

  List<Parameter> parameters() {
    return kind == Kind.SHARED
        ? List.of(new Parameter(
            terms.parameter(), Shape.scalar(), new Initializer.Constant(Math.log(value))))
        : List.of();
  }

  /** What the decoder makes for an example: twice as much along its first axis for two numbers. */
  Shape decoded(Shape example) {
    return kind == Kind.PER_PIXEL ? Elements.widened(terms.likelihood(), example, 2) : example;
  }

  /** The locations, [B, ...] of the examples' shape. */
  Tensor location(Tensor decoded) {
    return kind == Kind.PER_PIXEL ? decoded.slice(1, 0, decoded.shape().dimension(1) / 2) : decoded;
  }

  /** The logarithm of the width: [B, ...] if it is that of each element, else []. */
  Tensor logarithm(Tensor decoded) {
    return switch (kind) {
      case FIXED -> decoded.trace().scalar(Math.log(value));
      case SHARED -> decoded.trace().parameter(terms.parameter());
      case PER_PIXEL -> {
        int channels = decoded.shape().dimension(1);
        Tensor logarithm = decoded.slice(1, channels / 2, channels);
        yield terms.least() == 0
            ? logarithm
            : logarithm.exp().add(terms.least()).log();
      }
    };
  }

  /** The decoder outputs of a pixel for a location and a width. */
  double[] outputs(double location, double width) {
    return kind == Kind.PER_PIXEL
        ? new double[] {location, Math.log(width - terms.least())}
        : new double[] {location};
  }
}
