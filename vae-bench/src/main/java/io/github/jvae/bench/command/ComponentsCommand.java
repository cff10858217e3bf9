package io.github.jvae.bench.command;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.OptionWords;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vae components}. */
@Command(
    name = "components",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Lists the components that can be named, those of plugins too, each with the jar it comes"
          + " from; or one of them, with its options.",
      ""
    })
public final class ComponentsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The component whose options are listed. Default: all, without options.")
  private @Nullable String name;

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Catalogue catalogue = Vae.catalogue();
    Console console = output.console();
    console.result(name == null ? all(catalogue, console) : one(name, catalogue, console));
    return 0;
  }

  private static JsonResult all(Catalogue catalogue, Console console) {
    JsonResult result = new JsonResult();
    Options options = Options.none();
    for (Kind<?> kind : Kind.all()) {
      console.say("%s", kind.plural());
      Options origins = Options.none();
      Options described = Options.none();
      for (Map.Entry<String, String> each : catalogue.origins(kind).entrySet()) {
        console.say("  %-20s %s", each.getKey(), each.getValue());
        origins = origins.with(each.getKey(), each.getValue());
        if (catalogue.isUnambiguous(kind, each.getKey())) {
          described = described.with(each.getKey(), json(catalogue.options(kind, each.getKey())));
        }
      }
      result.put(kind.plural(), origins);
      options = options.with(kind.plural(), described);
    }
    console.say("");
    console.say("options of a component: vae components NAME");
    return result.put("options", options);
  }

  private static JsonResult one(String name, Catalogue catalogue, Console console) {
    List<Kind<?>> kinds = Kind.all().stream()
        .filter(kind -> catalogue.origins(kind).containsKey(name))
        .toList();
    if (kinds.isEmpty()) {
      throw new VaeException("no component is called " + Quote.of(name) + "; there are "
          + Kind.all().stream()
              .flatMap(kind -> catalogue.origins(kind).keySet().stream())
              .collect(Collectors.joining(", ")));
    }
    JsonResult result = new JsonResult();
    for (Kind<?> kind : kinds) {
      List<OptionDescription<?>> options = catalogue.options(kind, name);
      String origin = String.valueOf(catalogue.origins(kind).get(name));
      console.say("%s %s, of %s", kind, name, origin);
      for (OptionDescription<?> option : options) {
        console.say("  %-20s %s", option.name(), OptionWords.of(option));
      }
      if (options.isEmpty()) {
        console.say("  has no options");
      }
      result.put(
          kind.name(),
          Options.none().with("name", name).with("origin", origin).with("options", json(options)));
    }
    return result;
  }

  private static OptionValue json(List<OptionDescription<?>> options) {
    List<OptionValue> list = new ArrayList<>();
    for (OptionDescription<?> option : options) {
      Options json = Options.none()
          .with("name", option.name())
          .with("must_be", option.type().demand())
          .with("default", option.otherwise().orElse(OptionValue.Nothing.NOTHING))
          .with("for", option.sentence());
      list.add(option.place().map(place -> json.with("only_with", place)).orElse(json));
    }
    return new OptionValue.Items(list);
  }
}
