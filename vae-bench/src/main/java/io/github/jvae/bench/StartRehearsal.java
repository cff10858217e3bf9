package io.github.jvae.bench;

import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Uses what most commands use, once with each engine, so that Java can write down the classes that
 * this takes: the build runs it to make the archive from which {@code vae} starts faster.
 *
 * <p>A machine on which an engine cannot run, or on which anything else fails, gets a smaller
 * archive.
 */
final class StartRehearsal {
  private StartRehearsal() {}

  /** Uses them all; the only argument is a folder for what that makes. */
  public static void main(String... arguments) {
    Path folder = Path.of(arguments[0]);
    run("--help");
    run("help", "train");
    for (BackendModule backend : Backends.available()) {
      if (backend.unavailable().isEmpty()) {
        rehearse(backend.name(), folder);
      }
    }
    // Some engine's threads would keep this program alive.
    System.exit(0);
  }

  private static void rehearse(String backend, Path folder) {
    String model = folder.resolve(backend).toString();
    String picture = folder.resolve(backend + ".png").toString();
    run(
        "train",
        "--backend",
        backend,
        "--threads",
        "1",
        "--limit",
        "64",
        "--batch-size",
        "32",
        "--epochs",
        "1",
        "--arch",
        "mlp",
        "--hidden",
        "8",
        "--latent",
        "2",
        "--overwrite",
        "--out",
        model);
    run("reconstruct", model, "--backend", backend, "--limit", "64", "--out", picture);
    run("sample", model, "--backend", backend, "--out", picture);
    run("evaluate", model, "--backend", backend, "--limit", "64", "--json");
  }

  private static void run(String... arguments) {
    PrintWriter nowhere =
        new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    CommandLine commandLine = VaeCommand.commandLine(arguments);
    commandLine.setOut(nowhere);
    commandLine.setErr(nowhere);
    commandLine.execute(arguments);
  }
}
