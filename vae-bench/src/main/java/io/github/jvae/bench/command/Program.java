package io.github.jvae.bench.command;

import picocli.CommandLine;

/** Makes the program's command line anew, so that one command can run others. */
@FunctionalInterface
public interface Program {
  /**
   * Returns the command line.
   *
   * @param arguments it is going to read
   */
  CommandLine commandLine(String... arguments);
}
