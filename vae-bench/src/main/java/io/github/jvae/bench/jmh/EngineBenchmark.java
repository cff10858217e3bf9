package io.github.jvae.bench.jmh;

import io.github.jvae.Vae;
import io.github.jvae.bench.speed.TimedModel;
import io.github.jvae.bench.speed.Workload;
import io.github.jvae.evaluate.Encoding;
import io.github.jvae.tensor.HostTensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a batch costs each engine: milliseconds a call, sampled, so that the slow calls show too.
 *
 * <p>The values of the parameters are defaults; {@code vae bench} and JMH's {@code -p} set others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  /** The backend's name. */
  @Param({"tensorflow", "djl", "nd4j"})
  String backend = "";

  /** The model. */
  @Param({"MLP", "CONV"})
  Workload workload = Workload.MLP;

  /** Images per call. */
  @Param("128")
  int batch;

  /** Processor threads for one operation; 0 leaves it to the engine. */
  @Param("0")
  int threads;

  @SuppressWarnings("NullAway.Init") // JMH prepares a state before it is used.
  private Vae vae;

  @SuppressWarnings("NullAway.Init")
  private TimedModel model;

  /** Starts the engine. Recording and compiling are left to the warm-up. */
  @Setup(Level.Trial)
  public void open() {
    vae = workload
        .describe(Vae.builder().backend(backend).threads(threads))
        .seed(1)
        .build();
    model = new TimedModel(vae, batch);
  }

  /** Releases the native memory. */
  @TearDown(Level.Trial)
  public void close() {
    model.close();
    vae.close();
  }

  /** Loss, gradients and Adam's update. */
  @Benchmark
  public double step() {
    return model.step();
  }

  /** Images to the parameters of their posteriors. */
  @Benchmark
  public Encoding encode() {
    return model.encode();
  }

  /** Latent vectors to expected images. */
  @Benchmark
  public HostTensor decode() {
    return model.decode();
  }
}
