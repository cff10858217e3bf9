package io.github.jvae.bench.fork;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to start another Java like this one. */
public final class ForkedJava {
  /** What is added to a signal's number to make the exit code it is known by. */
  private static final int SIGNALLED = 128;

  private static final int SIGABRT = 6;
  private static final int SIGBUS = 7;
  private static final int SIGKILL = 9;
  private static final int SIGSEGV = 11;

  private ForkedJava() {}

  /** The class path of this process, entry by entry. */
  public static List<String> classpath() {
    return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator));
  }

  /**
   * The command that starts it.
   *
   * @param more options of Java, after those of this process
   * @param classpath entries
   * @param mainClass what it runs
   * @param arguments of that
   */
  public static List<String> command(
      List<String> more, List<String> classpath, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // A debugger or a profiler is this process's own.
      if (!option.startsWith("-agent") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.addAll(more);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classpath), mainClass));
    command.addAll(arguments);
    return command;
  }

  /**
   * What a program itself told of its failure, the last time.
   *
   * @param lines of its standard error
   * @param prefix how it begins to tell
   */
  public static Optional<String> told(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .reduce((earlier, later) -> later);
  }

  /**
   * Why a process that said nothing of it ended, in a few words.
   *
   * @param exitCode not 0
   */
  public static String reason(int exitCode) {
    return switch (exitCode - SIGNALLED) {
      case SIGKILL -> "the system ended it, most likely for want of memory";
      case SIGABRT, SIGBUS, SIGSEGV ->
        "it crashed, in native code (signal " + (exitCode - SIGNALLED) + ")";
      default -> "it ended with exit code " + exitCode;
    };
  }
}
