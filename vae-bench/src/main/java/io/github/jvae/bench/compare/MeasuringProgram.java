package io.github.jvae.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The program that a process of a comparison runs, seen from both sides: how it is called, and what
 * it does besides measuring.
 */
public final class MeasuringProgram {
  /** The name of the command. */
  public static final String NAME = "measure";

  /** How its failures begin, on the standard error. */
  static final String PREFIX = "vae " + NAME + ": ";

  /** What it is sent for each turn. */
  static final int TURN = '\n';

  private MeasuringProgram() {}

  /** Its arguments. */
  static List<String> arguments(Path plan, String backend, long launched, @Nullable Path folder) {
    List<String> arguments = new ArrayList<>(List.of(
        NAME, plan.toString(), "--backend", backend, "--launched", Long.toString(launched)));
    if (folder != null) {
      arguments.addAll(List.of("--folder", folder.toString()));
    }
    return arguments;
  }

  /**
   * Where it tells what it measures: the standard output, which nothing else in Java writes to from
   * now on.
   */
  public static Consumer<MeasuringEvent> events() {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    return event -> {
      // A native library may have written half a line.
      out.print("\n" + MeasuringEvent.Lines.write(event) + "\n");
      out.flush();
    };
  }

  /**
   * Listens to the one that started it, and ends this process at once when that one is gone.
   *
   * @param events told of each pause
   * @return pauses until it is this process's turn
   */
  public static Runnable turns(Consumer<MeasuringEvent> events) {
    Semaphore turns = new Semaphore(0);
    Thread watch = new Thread(
        () -> {
          try {
            while (System.in.read() >= 0) {
              turns.release();
            }
          } catch (IOException e) {
            // Gone, too.
          }
          Runtime.getRuntime().halt(1);
        },
        "vae-compare-parent");
    watch.setDaemon(true);
    watch.start();
    return () -> {
      events.accept(new MeasuringEvent.Paused());
      turns.acquireUninterruptibly();
    };
  }
}
