package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.plugin.Catalogue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vae components}. */
@Command(
    name = "components",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Lists the likelihoods, priors, objectives and architectures that can be named, each with the"
          + " jar it comes from.",
      ""
    })
public final class ComponentsCommand implements Callable<Integer> {
  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    Catalogue catalogue = Vae.catalogue();
    Map<String, SortedMap<String, String>> kinds = new LinkedHashMap<>();
    kinds.put("architectures", catalogue.architectures());
    kinds.put("likelihoods", catalogue.likelihoods());
    kinds.put("priors", catalogue.priors());
    kinds.put("objectives", catalogue.objectives());
    JsonResult result = new JsonResult();
    kinds.forEach((kind, origins) -> {
      console.say("%s", kind);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      origins.forEach((name, origin) -> {
        console.say("  %-20s %s", name, origin);
        json.put(name, origin);
      });
      result.put(kind, json);
    });
    console.result(result);
    return 0;
  }
}
