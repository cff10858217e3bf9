package io.github.jvae.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayName("How long OpenMP's threads spin, in a process of its own")
@EnabledOnOs(OS.LINUX)
final class SpinCountTest {
  private static final String COMPUTED = EngineProbe.RESULT + "[HostTensor[][1.0]]";

  /** What a process says that starts the engine. OpenMP, too, says what it goes by. */
  private static List<String> run(Map<String, String> environment, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EngineProbe.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(SpinCount.NAME);
    builder.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
    builder.environment().putAll(environment);
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(builder.start().getInputStream(), StandardCharsets.UTF_8))) {
      return output.lines().map(String::strip).toList();
    }
  }

  private static String heardByOpenMp(String count) {
    return SpinCount.NAME + " = '" + count + "'";
  }

  @Test
  @DisplayName("is limited without a variable in the environment, and OpenMP hears of it")
  void limited() throws IOException {
    assertThat(run(Map.of()))
        .contains(COMPUTED, EngineProbe.SPIN_COUNT + SpinCount.VALUE)
        .anyMatch(line -> line.contains(heardByOpenMp(SpinCount.VALUE)));
  }

  @Test
  @DisplayName("is the user's count where there is one")
  void count() throws IOException {
    assertThat(run(Map.of(SpinCount.NAME, "77")))
        .contains(COMPUTED, EngineProbe.SPIN_COUNT + "77")
        .anyMatch(line -> line.contains(heardByOpenMp("77")));
  }

  @Test
  @DisplayName("is left to the user's policy where there is one")
  void policy() throws IOException {
    assertThat(run(Map.of(SpinCount.POLICY, "passive")))
        .contains(COMPUTED, EngineProbe.SPIN_COUNT + null)
        .anyMatch(line -> line.contains(heardByOpenMp("0")));
  }

  @Test
  @DisplayName("stays what it is where JNA cannot load, and the engine starts all the same")
  void withoutJna() throws IOException {
    assertThat(run(Map.of(), "-Djna.nounpack=true", "-Djna.nosys=true"))
        .contains(COMPUTED)
        .noneMatch(line -> line.startsWith(EngineProbe.SPIN_COUNT));
  }
}
