package io.github.jvae.bench.compare;

import io.github.jvae.bench.compare.MeasuringEvent.Ended;
import io.github.jvae.bench.compare.MeasuringEvent.Judged;
import io.github.jvae.bench.compare.MeasuringEvent.Started;
import io.github.jvae.bench.compare.MeasuringEvent.Stepped;
import java.util.List;
import java.util.function.Consumer;

/** A program that behaves as a measuring one might: how, its argument says. */
final class PretendedMeasurement {
  private PretendedMeasurement() {}

  public static void main(String... arguments) throws InterruptedException {
    System.out.print("chatter of an engine, without an end");
    Consumer<MeasuringEvent> events = MeasuringProgram.events();
    System.out.println("more chatter, which goes to the standard error");
    events.accept(new Started("Engine 1", "Binding 1", "cpu", 10, 100));
    events.accept(new Stepped(List.of(8, 8), List.of(0.1, 0.1), List.of(3.0, 2.5)));
    switch (arguments[0]) {
      case "well" -> events.accept(new Ended(123.0));
      case "pausing" -> {
        Runnable pause = MeasuringProgram.turns(events);
        pause.run();
        events.accept(new Judged(2, -3));
        pause.run();
        events.accept(new Ended(123.0));
      }
      case "failing" -> {
        System.err.println("vae measure: out of memory; give Java more");
        System.exit(1);
      }
      case "ending" -> System.exit(0);
      case "killed" -> Runtime.getRuntime().halt(128 + 9);
      case "crashing" -> Runtime.getRuntime().halt(128 + 11);
      case "orphaned" -> {
        MeasuringProgram.turns(events);
        Thread.sleep(600_000);
      }
      default -> Thread.sleep(600_000);
    }
  }
}
