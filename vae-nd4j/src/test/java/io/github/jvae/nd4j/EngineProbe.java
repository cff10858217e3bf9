package io.github.jvae.nd4j;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/** A program that computes something, and says what native code sees in the environment. */
final class EngineProbe {
  static final String RESULT = "result: ";
  static final String SPIN_COUNT = "spin count: ";

  private EngineProbe() {}

  public static void main(String[] arguments) {
    try (Nd4jBackend backend = new Nd4jBackend(BackendOptions.defaults())) {
      print(RESULT + backend.evaluate((t, in) -> List.of(in.get(0).exp()), HostTensor.scalar(0)));
    } catch (VaeException e) {
      print(RESULT + e.getMessage());
    }
    print(SPIN_COUNT + SpinCount.environment().getenv(SpinCount.NAME));
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
