package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.Vae;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendModule;
import io.github.jvae.backend.Backends;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vae backends}. */
@Command(
    name = "backends",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Lists the engines: those on the classpath, started to ask for their version, and those that"
          + " an artifact would add.",
      ""
    })
public final class BackendsCommand implements Callable<Integer> {
  private static final List<String> KNOWN = List.of("tensorflow", "djl", "nd4j");

  @Mixin
  private OutputOptions output = new OutputOptions();

  /**
   * A backend, there or not.
   *
   * @param name its name
   * @param description what it is, or null if it is not there
   * @param info what it says once started, or null if it does not start
   * @param missing what is missing and what cures it, or null if it works
   */
  private record Entry(
      String name,
      @Nullable String description,
      @Nullable BackendInfo info,
      @Nullable String missing) {}

  @Override
  public Integer call() {
    Console console = output.console();
    List<Entry> entries = entries();
    console.say(
        "platform: %s %s, Java %s",
        System.getProperty("os.name"), System.getProperty("os.arch"), Runtime.version());
    entries.forEach(entry -> tell(entry, console));
    console.result(json(entries));
    return 0;
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    List<String> absent = new ArrayList<>(KNOWN);
    for (BackendModule module : Backends.available()) {
      entries.add(entry(module));
      absent.remove(module.name());
    }
    for (String name : absent) {
      String missing = "not on the classpath; add io.github.jvae:vae-" + name;
      entries.add(new Entry(name, null, null, missing));
    }
    return entries;
  }

  private static Entry entry(BackendModule module) {
    String reason = module.unavailable().orElse(null);
    if (reason != null) {
      return new Entry(module.name(), module.description(), null, reason);
    }
    // The smallest model there is: only an engine that has started knows its version.
    try (Vae vae = Vae.builder().backend(module).input(1, 1, 1).mlp(1).latent(1).build()) {
      return new Entry(module.name(), module.description(), vae.backend(), null);
    } catch (RuntimeException | LinkageError e) {
      return new Entry(
          module.name(), module.description(), null, "does not start: " + e.getMessage());
    }
  }

  private static void tell(Entry entry, Console console) {
    console.say("");
    String description = entry.description();
    console.say(description == null ? entry.name() : entry.name() + ": " + description);
    BackendInfo info = entry.info();
    if (info != null) {
      console.say(
          "  %s, %s, %s, %d threads", info.engine(), info.binding(), info.device(), info.threads());
    }
    if (entry.missing() != null) {
      console.say("  %s", entry.missing());
    }
  }

  private static JsonResult json(List<Entry> entries) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Entry entry : entries) {
      BackendInfo info = entry.info();
      JsonResult fields = new JsonResult()
          .put("name", entry.name())
          .put("artifact", "io.github.jvae:vae-" + entry.name())
          .put("description", entry.description())
          .put("engine", info == null ? null : info.engine())
          .put("binding", info == null ? null : info.binding())
          .put("device", info == null ? null : info.device())
          .put("missing", entry.missing());
      list.add(
          info == null ? fields.toJson() : fields.put("threads", info.threads()).toJson());
    }
    return new JsonResult()
        .put("os", System.getProperty("os.name"))
        .put("arch", System.getProperty("os.arch"))
        .put("java", Runtime.version().toString())
        .put("backends", list);
  }
}
