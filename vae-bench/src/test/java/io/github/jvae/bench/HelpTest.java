package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

@DisplayName("Help")
class HelpTest {
  static Stream<String> commands() {
    return Outcome.commands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("help") && !name.equals("generate-completion"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void mentionsAndDescribesEveryOption(String name) {
    CommandLine command = Objects.requireNonNull(Outcome.commands().get(name));
    String help = Outcome.of("help", name).out();
    assertThat(help).isEqualTo(Outcome.of(name, "--help").out());
    assertThat(command.getCommandSpec().options()).hasSizeGreaterThan(3);
    for (OptionSpec option : command.getCommandSpec().options()) {
      assertThat(help).contains(option.longestName());
      assertThat(String.join("", option.description())).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void canBeReadOnEveryTerminal(String name) {
    String help = Outcome.of("help", name).out();
    assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(help)).isTrue();
    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void listsEveryCommand() {
    String help = Outcome.of("--help").out();
    assertThat(commands()).isNotEmpty().allMatch(help::contains);
  }
}
