package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.Vae;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.Plugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("The flags of components")
final class ComponentFlagsTest {
  @TempDir
  private Path folder;

  private static Set<String> flags(String command) {
    CommandLine line = Objects.requireNonNull(Outcome.commands().get(command));
    return line.getCommandSpec().optionsMap().keySet();
  }

  @Test
  @DisplayName("are those that have always been, and a long one for each option of a component")
  void names() {
    for (String command : new String[] {"train", "compare"}) {
      assertThat(flags(command))
          .contains("--arch", "--likelihood", "--prior", "--objective", "--hidden", "--channels")
          .contains("--kernel", "--stride", "--padding", "--dense", "--activation", "--init")
          .contains("--sigma", "--scale", "--elbo-form", "--arch-option", "--likelihood-option")
          .contains("--prior-option", "--objective-option", "--likelihood.initial-sigma");
      for (Kind<?> kind : Kind.all()) {
        String stem = kind == Kind.ARCHITECTURE ? "--arch." : "--" + kind.name() + ".";
        for (String component : Vae.catalogue().origins(kind).keySet()) {
          assertThat(flags(command))
              .containsAll(Vae.catalogue().options(kind, component).stream()
                  .map(OptionDescription::name)
                  .map(name -> stem + name.replace('_', '-'))
                  .toList());
        }
      }
    }
  }

  @Test
  @DisplayName("are explained by the help with what each may be, its default and a sentence")
  void help() {
    String help = Outcome.of("help", "train").out().replaceAll("\\s+", " ");
    assertThat(help)
        .contains("--hidden, --arch.hidden=N,...", "mlp: Hidden units, from the image inwards.")
        .contains("A list of whole numbers from 1 to 2147483647. Default: 400.")
        .contains("--sigma, --likelihood.sigma=NUMBER|learned|shared")
        .contains("conv, mlp: The function between layers. One of relu, tanh,")
        .contains("Default: conv for colour images and mlp for gray ones")
        .contains("only with sigma \"shared\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--likelihood.sigma shared --likelihood.initial-sigma .5 | /likelihood | {\"type\":\"gaussian\",\"initial_sigma\":0.5,\"sigma\":\"shared\"}",
        "--scale +0.5 | /likelihood | {\"type\":\"discretized-logistic\",\"scale\":0.5}",
        "--elbo-form sampled | /objective | {\"type\":\"elbo\",\"form\":\"sampled\"}",
        "--arch.hidden 4,3 --activation gelu | /architecture | {\"type\":\"mlp\",\"activation\":\"gelu\",\"hidden\":[4,3],\"init\":\"fan-in\"}",
        "--arch mlp --arch-option hidden=[2] | /architecture | {\"type\":\"mlp\",\"activation\":\"relu\",\"hidden\":[2],\"init\":\"fan-in\"}",
        "--likelihood-option sigma=0.25 | /likelihood | {\"type\":\"gaussian\",\"sigma\":0.25}",
      })
  @DisplayName("choose the component that has the option, and reach its configuration")
  void reach(String typed, String pointer, String saved) {
    Path model = folder.resolve("model");
    Outcome outcome =
        Outcome.of(("train --backend nd4j --limit 8 --epochs 1 --quiet --latent 2 --out " + model
                + " " + typed)
            .split(" ", -1));
    assertThat(outcome.err()).isEmpty();
    JsonNode found = JsonTree.config(new ModelFolder(model)).at("/model" + pointer);
    assertThat(found).hasToString(saved);
  }

  @Test
  @DisplayName("do not hide that a plugin cannot be loaded, nor does that hinder other commands")
  void brokenPlugin() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Plugin.class.getName()), "com.example.NoSuchPlugin");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Outcome train = Outcome.of("train", "--backend", "tensorflow", "--hidden", "8");
      assertThat(train.code()).isPositive();
      assertThat(train.err())
          .contains("a plugin on the classpath cannot be loaded", "com.example.NoSuchPlugin")
          .hasLineCount(1);
      assertThat(Outcome.of("--version").code()).isZero();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  @DisplayName("are listed by 'vae components NAME' too, and as JSON")
  void listed() throws IOException {
    Outcome outcome = Outcome.of("components", "gaussian");
    assertThat(outcome.out())
        .contains("likelihood gaussian, of ", "  sigma ", "learned or shared. Default: 0.1.");
    JsonNode options =
        Outcome.of("components", "gaussian", "--json", "--quiet").json().at("/likelihood/options");
    assertThat(options.at("/0/name").textValue()).isEqualTo("sigma");
    assertThat(options.at("/0/default").doubleValue()).isEqualTo(0.1);
    assertThat(options.at("/1/only_with").textValue()).isEqualTo("sigma \"shared\"");
    JsonNode all = Outcome.of("components", "--json", "--quiet").json();
    assertThat(all.at("/options/architectures/mlp/0/default")).hasToString("[400]");
    Outcome unknown = Outcome.of("components", "guassian");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no component is called 'guassian'", "gaussian");
  }
}
