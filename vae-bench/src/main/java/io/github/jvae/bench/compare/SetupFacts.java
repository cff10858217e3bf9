package io.github.jvae.bench.compare;

import io.github.jvae.ComponentConfig;
import io.github.jvae.VaeConfig;
import io.github.jvae.bench.compare.results.Machine;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.data.DataParts;
import io.github.jvae.option.OptionValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What results say of a run besides what is measured: what was run, and where. */
public final class SetupFacts {
  private static final long MEBIBYTE = 1 << 20;

  private SetupFacts() {}

  /**
   * What is run. How many parameters the model has, and the target, are not known yet.
   *
   * @param config complete, with the defaults of its components
   * @param command what repeats it
   * @param version of this program
   */
  public static Setup setup(
      ComparisonPlan plan,
      VaeConfig config,
      DataParts data,
      int repetitions,
      String command,
      String version) {
    return new Setup(
        OffsetDateTime.now(ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.SECONDS)
            .toString(),
        command,
        version,
        data.name(),
        data.origin(),
        data.train().size(),
        data.test().size(),
        Arrays.stream(data.shape().toArray()).boxed().toList(),
        model(config),
        words(config.likelihood(), "Gaussian"),
        words(config.prior(), "Standard normal"),
        config.latent(),
        0,
        plan.options().klWeight().at(0),
        plan.options().learningRate().at(0),
        plan.options().optimizer().name(),
        Math.toIntExact(plan.options().stepSize()),
        plan.steps(),
        repetitions,
        plan.options().seed(),
        plan.precision().name().toLowerCase(Locale.ROOT),
        plan.threads(),
        heapMebibytes(),
        null);
  }

  private static Integer heapMebibytes() {
    return Math.toIntExact(Runtime.getRuntime().maxMemory() / MEBIBYTE);
  }

  private static String model(VaeConfig config) {
    ComponentConfig networks = config.architecture();
    String options = options(networks);
    return networks.type() + " networks" + (options.isEmpty() ? "" : " (" + options + ")") + ", "
        + config.latent() + " latent numbers";
  }

  /** A component in words: its name as people write it, and its options. */
  private static String words(ComponentConfig component, String known) {
    String plain = component.type().replace('-', ' ');
    String name = plain.equalsIgnoreCase(known)
        ? known
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    String options = options(component).replace("sigma ", "σ = ");
    return options.isEmpty() ? name : name + ", " + options;
  }

  private static String options(ComponentConfig component) {
    return component.options().values().entrySet().stream()
        .map(SetupFacts::option)
        .collect(Collectors.joining(", "));
  }

  private static String option(Map.Entry<String, OptionValue> option) {
    return option.getKey().replace('_', ' ') + " " + plain(option.getValue());
  }

  private static String plain(OptionValue value) {
    if (value instanceof OptionValue.Items items) {
      return items.values().stream().map(SetupFacts::plain).collect(Collectors.joining("-"));
    }
    return value instanceof OptionValue.Text text ? text.value() : value.toString();
  }

  /** Returns what this machine is. */
  public static Machine machine() {
    return new Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        memoryMebibytes(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
            + System.getProperty("java.vendor"));
  }

  private static String processor() {
    return lines("/proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseGet(() -> {
          String told = System.getenv("PROCESSOR_IDENTIFIER");
          return told == null ? System.getProperty("os.arch") + " processor" : told;
        });
  }

  private static @Nullable Double memoryMebibytes() {
    return lines("/proc/meminfo").stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
        .findFirst()
        .orElse(null);
  }

  /** Returns the lines of a file that only Linux has. */
  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
