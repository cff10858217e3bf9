package io.github.jvae.compatibility;

import com.google.inject.ProvisionException;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Backends;
import io.github.jvae.tensor.HostTensor;
import java.util.List;
import java.util.Objects;

/** A program that computes something with a backend, and says what came of it. */
public final class BackendProbe {
  /** What the line with the result, or with the reason why there is none, starts with. */
  public static final String RESULT = "result: ";

  /** The line where all went well. */
  public static final String COMPUTED = RESULT + List.of(HostTensor.scalar(1));

  private BackendProbe() {}

  public static void main(String[] arguments) {
    try (OpenBackend engine =
        OpenBackend.of(Backends.choose(null), BackendOptions.defaults(), backend -> backend)) {
      HostTensor zero = HostTensor.scalar(0);
      print(RESULT + engine.backend().evaluate((t, in) -> List.of(in.get(0).exp()), zero));
    } catch (ProvisionException e) {
      print(RESULT + Objects.requireNonNull(e.getCause(), e.getMessage()).getMessage());
    }
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
