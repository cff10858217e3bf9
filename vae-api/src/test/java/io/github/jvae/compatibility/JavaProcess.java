package io.github.jvae.compatibility;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A program of the tests in a process of its own, with this one's Java and classpath. */
public final class JavaProcess {
  /** By which a user tells engines things that tests tell them. */
  private static final List<String> USERS_OWN = List.of(
      "DJL_CACHE_DIR",
      "ENGINE_CACHE_DIR",
      "VAE_CACHE",
      "XDG_CACHE_HOME",
      "GOMP_SPINCOUNT",
      "OMP_WAIT_POLICY");

  private final Process process;

  private JavaProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param environment what is set on top of this process' environment
   * @param options options of Java
   */
  public static JavaProcess start(
      Class<?> program, Map<String, String> environment, List<String> options) throws IOException {
    return start(program, environment, options, System.getProperty("java.class.path"));
  }

  /**
   * Starts a program without a library.
   *
   * @param missing what the library's jar is named up to its version, such as {@code jna-}
   */
  public static JavaProcess startWithout(
      String missing, Class<?> program, Map<String, String> environment, List<String> options)
      throws IOException {
    String classPath = Arrays.stream(
            System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains(File.separator + missing))
        .collect(Collectors.joining(File.pathSeparator));
    return start(program, environment, options, classPath);
  }

  private static JavaProcess start(
      Class<?> program, Map<String, String> environment, List<String> options, String classPath)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    USERS_OWN.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return new JavaProcess(builder.start());
  }

  /** Waits for its end and returns all lines that it and its native code wrote. */
  public List<String> lines() throws IOException {
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return output.lines().map(String::strip).toList();
    }
  }
}
