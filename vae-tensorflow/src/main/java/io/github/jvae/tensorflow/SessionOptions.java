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

  static ConfigProto of(BackendOptions options) {
    boolean alone = options.threads() == 1;
    ConfigProto.Builder result = ConfigProto.newBuilder();
    if (NativeLibrary.CPU.equals(options.device())) {
      result.putDeviceCount("GPU", 0);
    }
    return result
        // Threads run operations side by side, of the parts of a batch first of all, and never
        // share one: see the package documentation.
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(alone ? IN_CALLER : options.threads())
        // Else the sessions of a process share the threads that the first one asked for.
        .setUsePerSessionThreads(!alone)
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
