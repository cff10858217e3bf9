package io.github.jvae.tensorflow;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Precision;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** How a session runs and rewrites its graph. */
final class SessionOptions {
  /** Operations run one after another, in the thread that calls. */
  private static final int IN_CALLER = -1;

  private SessionOptions() {}

  /**
   * @param convolutional whether the networks have convolutions, whose gradients by kernel and by
   *     image gain from running side by side (23 %); small dense networks lose by it (7 %)
   */
  static ConfigProto of(BackendOptions options, boolean convolutional) {
    int beside = convolutional && options.threads() != 1 ? 2 : IN_CALLER;
    return ConfigProto.newBuilder()
        // Else the sessions of a process share the threads that the first one asked for.
        .setUsePerSessionThreads(beside != IN_CALLER)
        .setIntraOpParallelismThreads(options.threads())
        .setInterOpParallelismThreads(beside)
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewrites(options)))
        .build();
  }

  private static RewriterConfig.Builder rewrites(BackendOptions options) {
    RewriterConfig.Builder result = RewriterConfig.newBuilder();
    // Takes the shapes of what is fed as they are declared, which is checked here, so that all the
    // shape arithmetic of gradients is done once and not at each step.
    result.setConstantFolding(RewriterConfig.Toggle.AGGRESSIVE);
    if (options.precision() == Precision.BFLOAT16) {
      result.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
    }
    return result;
  }
}
