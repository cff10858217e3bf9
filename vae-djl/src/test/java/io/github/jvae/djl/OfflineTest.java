package io.github.jvae.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("DJL in a process of its own")
final class OfflineTest {

  private static List<String> run(String... options) throws IOException {
    return runWith(System.getProperty("java.class.path"), options);
  }

  private static List<String> runWith(String classPath, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(classPath);
    command.add(NetworkProbe.class.getName());
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return output
          .lines()
          .filter(
              line -> line.startsWith(NetworkProbe.ATTEMPT) || line.startsWith(NetworkProbe.RESULT))
          .toList();
    }
  }

  @Test
  @DisplayName("opens no connection")
  void offline() throws IOException {
    assertThat(run()).containsExactly(NetworkProbe.RESULT + "[HostTensor[][1.0]]");
  }

  @Test
  @DisplayName("opens connections if a user allows it, which proves that they would be seen")
  void online() throws IOException {
    assertThat(run("-Dai.djl.offline=false", "-DOPT_OUT_TRACKING=false"))
        .anyMatch(line -> line.startsWith(NetworkProbe.ATTEMPT));
  }

  @Test
  @DisplayName(
      "names the artifact to add where a native library is missing, and looks for no other")
  void withoutNatives() throws IOException {
    for (String artifact : List.of("pytorch-native-cpu", "pytorch-jni")) {
      String classPath = Arrays.stream(
              System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .filter(entry -> !entry.contains(artifact))
          .collect(Collectors.joining(File.pathSeparator));
      assertThat(runWith(classPath))
          .singleElement()
          .asString()
          .startsWith(NetworkProbe.RESULT + "backend djl cannot run here: ")
          .contains("add the artifact ai.djl.pytorch:" + artifact + ":");
    }
  }

  @Test
  @DisplayName("names the folder it cannot unpack into, and the way out")
  void unwritableCache(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("-DDJL_CACHE_DIR=" + file.resolve("cache")))
        .singleElement()
        .asString()
        .contains(file.resolve("cache").toString(), "DJL_CACHE_DIR");
  }
}
