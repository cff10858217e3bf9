package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What a backend must do whose engine brings GNU OpenMP: limit how long its threads spin for each
 * other. Its test extends this class; each test is a process of its own, in which OpenMP says what
 * it goes by.
 */
@EnabledOnOs(OS.LINUX)
public abstract class SpinCountKit {
  private static final String COUNT = "GOMP_SPINCOUNT";

  /** The module of the backend under test. */
  protected abstract BackendModule module();

  private List<String> run(Map<String, String> environment, String... options) throws IOException {
    return JavaProcess.start(BackendProbe.class, verbose(environment), options(options))
        .lines();
  }

  private static Map<String, String> verbose(Map<String, String> environment) {
    Map<String, String> result = new HashMap<>(environment);
    result.put("OMP_DISPLAY_ENV", "VERBOSE");
    return result;
  }

  private List<String> options(String... options) {
    List<String> result = new ArrayList<>(List.of(options));
    result.add("-D" + Backends.PROPERTY + "=" + module().name());
    return result;
  }

  private static String heardByOpenMp(String count) {
    return COUNT + " = '" + count + "'";
  }

  @Test
  @DisplayName("It is limited without a variable in the environment, and OpenMP hears of it")
  void limited() throws IOException {
    assertThat(run(Map.of()))
        .contains(BackendProbe.COMPUTED)
        .anyMatch(line -> line.contains(heardByOpenMp("10000")));
  }

  @Test
  @DisplayName("It is the user's count where there is one")
  void count() throws IOException {
    assertThat(run(Map.of(COUNT, "77")))
        .contains(BackendProbe.COMPUTED)
        .anyMatch(line -> line.contains(heardByOpenMp("77")));
  }

  @Test
  @DisplayName("It is left to the user's policy where there is one")
  void policy() throws IOException {
    assertThat(run(Map.of("OMP_WAIT_POLICY", "passive")))
        .contains(BackendProbe.COMPUTED)
        .anyMatch(line -> line.contains(heardByOpenMp("0")));
  }

  @Test
  @DisplayName("It stays what it is where JNA cannot load, and the engine starts all the same")
  void jnaThatCannotLoad() throws IOException {
    assertThat(run(Map.of(), "-Djna.nounpack=true", "-Djna.nosys=true"))
        .contains(BackendProbe.COMPUTED)
        .noneMatch(line -> line.contains(heardByOpenMp("10000")));
  }

  @Test
  @DisplayName("So it does where there is no JNA")
  void withoutJna() throws IOException {
    assertThat(JavaProcess.startWithout("jna-", BackendProbe.class, verbose(Map.of()), options())
            .lines())
        .contains(BackendProbe.COMPUTED)
        .noneMatch(line -> line.contains(heardByOpenMp("10000")));
  }
}
