package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.speed.Latency;
import io.github.jvae.bench.speed.ServiceStopwatch;
import io.github.jvae.bench.speed.Workload;
import java.util.Map;
import java.util.Objects;

/** Tells how long single calls take, and how many are answered. */
final class SpeedLatency {
  private final Console console;
  private final Workload workload;

  SpeedLatency(Console console, Workload workload) {
    this.console = console;
    this.workload = workload;
  }

  void tell(ServiceStopwatch.Result result) {
    BackendInfo backend = result.backend();
    console.say(
        "%s on %s, %d thread(s), %s: one example a call, by one thread",
        workload.text(), backend.engine(), backend.threads(), backend.device());
    console.say("%-12s %9s %9s %9s %11s", "", "p50 µs", "p90 µs", "p99 µs", "bytes/call");
    result
        .latencies()
        .forEach((name, latency) -> console.say(
            "%-12s %9.1f %9.1f %9.1f %11s",
            name,
            latency.median(),
            latency.p90(),
            latency.p99(),
            latency.bytes().isPresent() ? latency.bytes().getAsLong() : "?"));
    result
        .alone()
        .forEach((clients, pace) -> console.say(
            "%3d client(s): %10.0f reconstructions/s, %10.0f/s gathered into batches",
            clients, pace, Objects.requireNonNull(result.gathered().get(clients))));
  }

  JsonResult json(ServiceStopwatch.Result result) {
    ObjectNode latencies = JsonNodeFactory.instance.objectNode();
    result.latencies().forEach((name, latency) -> latencies.set(name, json(latency)));
    return SpeedCommand.about(workload, result.backend())
        .put("latency_us", latencies)
        .put("reconstructions_per_second", paces(result.alone()))
        .put("gathered_reconstructions_per_second", paces(result.gathered()));
  }

  private static ObjectNode json(Latency latency) {
    ObjectNode json = JsonNodeFactory.instance
        .objectNode()
        .put("p50", latency.median())
        .put("p90", latency.p90())
        .put("p99", latency.p99())
        .put("calls", latency.calls());
    latency.bytes().ifPresent(bytes -> json.put("bytes_per_call", bytes));
    return json;
  }

  private static ObjectNode paces(Map<Integer, Double> paces) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    paces.forEach((clients, pace) -> json.put(String.valueOf(clients), pace));
    return json;
  }
}
