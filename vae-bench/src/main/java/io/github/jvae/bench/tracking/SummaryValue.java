package io.github.jvae.bench.tracking;

/** What TensorBoard shows under a tag. */
sealed interface SummaryValue {
  /** Returns the name under which it is shown; what is before a slash makes groups. */
  String tag();

  /**
   * A number.
   *
   * @param value which is shown in single precision
   */
  record Scalar(String tag, double value) implements SummaryValue {}

  /**
   * An image.
   *
   * @param width in pixels
   * @param height in pixels
   * @param png the file
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, and not to be copied.
  record Picture(String tag, int width, int height, byte[] png) implements SummaryValue {}

  /** How numbers are distributed. */
  record Distribution(String tag, Histogram histogram) implements SummaryValue {}

  /**
   * The hyper-parameters, for the plugin of that name, which finds them by the tag.
   *
   * @param seconds when the training began, since 1970
   */
  record Start(HyperParameters parameters, double seconds) implements SummaryValue {
    @Override
    public String tag() {
      return "_hparams_/session_start_info";
    }
  }

  /**
   * How the training with these hyper-parameters ended.
   *
   * @param seconds when, since 1970
   */
  record End(TrainingEnd end, double seconds) implements SummaryValue {
    @Override
    public String tag() {
      return "_hparams_/session_end_info";
    }
  }
}
