package io.github.jvae.bench;

import io.github.jvae.bench.command.BackendsCommand;
import io.github.jvae.bench.command.BenchCommand;
import io.github.jvae.bench.command.CompareCommand;
import io.github.jvae.bench.command.ComponentsCommand;
import io.github.jvae.bench.command.CurveCommand;
import io.github.jvae.bench.command.DataCommand;
import io.github.jvae.bench.command.EncodeCommand;
import io.github.jvae.bench.command.EvaluateCommand;
import io.github.jvae.bench.command.ExplainCommand;
import io.github.jvae.bench.command.ExploreCommand;
import io.github.jvae.bench.command.ExportCommand;
import io.github.jvae.bench.command.FitCommand;
import io.github.jvae.bench.command.ImputeCommand;
import io.github.jvae.bench.command.InterpolateCommand;
import io.github.jvae.bench.command.MeasureCommand;
import io.github.jvae.bench.command.ReconstructCommand;
import io.github.jvae.bench.command.ReportCommand;
import io.github.jvae.bench.command.ReproduceCommand;
import io.github.jvae.bench.command.SampleCommand;
import io.github.jvae.bench.command.ScoreCommand;
import io.github.jvae.bench.command.SpeedCommand;
import io.github.jvae.bench.command.TrainCommand;
import io.github.jvae.bench.console.Failures;
import io.github.jvae.bench.console.StandardOutput;
import io.github.jvae.bench.option.AnyLong;
import io.github.jvae.bench.option.AnyNumber;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.CalledCommands;
import io.github.jvae.bench.option.ComponentFlags;
import io.github.jvae.bench.option.ReadingFlags;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;

/** The program {@code vae}. */
@Command(
    name = "vae",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Variational autoencoders: train them, use them, and compare engines.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Start with 'vae train --out model', then 'vae sample model --out samples.png'.",
      "Options of a command: 'vae help COMMAND'. Exit codes: 0 done (also if the reader of a pipe"
          + " left early), 1 failure, 2 fault in what was typed, 130 Ctrl-C."
    })
public final class VaeCommand {
  private static final List<Class<?>> COMMANDS = List.of(
      TrainCommand.class,
      FitCommand.class,
      SampleCommand.class,
      ReconstructCommand.class,
      InterpolateCommand.class,
      EncodeCommand.class,
      ImputeCommand.class,
      EvaluateCommand.class,
      CurveCommand.class,
      ScoreCommand.class,
      ExplainCommand.class,
      ExploreCommand.class,
      ExportCommand.class,
      DataCommand.class,
      BackendsCommand.class,
      ComponentsCommand.class,
      CompareCommand.class,
      SpeedCommand.class,
      BenchCommand.class,
      ReportCommand.class,
      ReproduceCommand.class,
      MeasureCommand.class);

  private VaeCommand() {}

  /**
   * Makes commands, and what belongs to them. Some run other commands of this program, which their
   * package does not know.
   */
  private static final class Factory implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == ReproduceCommand.class) {
        return type.cast(new ReproduceCommand(VaeCommand::commandLine));
      }
      return type == CurveCommand.class
          ? type.cast(new CurveCommand(VaeCommand::commandLine))
          : CommandLine.defaultFactory().create(type);
    }
  }

  /** Runs a command and ends the program with its exit code. */
  public static void main(String... arguments) {
    StandardOutput output = new StandardOutput();
    CommandLine commandLine = commandLine(arguments);
    commandLine.setOut(output.writer());
    int code = commandLine.execute(arguments);
    commandLine.getOut().flush();
    if (output.loss() != null) {
      commandLine
          .getErr()
          .println("vae: cannot write to standard output: " + output.loss()
              + "; free some space or write elsewhere");
    }
    commandLine.getErr().flush();
    System.exit(code == 0 && output.loss() != null ? 1 : code);
  }

  /**
   * The command line, with all commands, those that are called with their flags; writes to the
   * standard streams unless told otherwise.
   *
   * @param arguments it is going to read
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new VaeCommand(), new Factory());
    CalledCommands called = new CalledCommands(List.of(arguments));
    COMMANDS.forEach(command -> called.add(command, commandLine));
    commandLine
        .addSubcommand(HelpCommand.class)
        .addSubcommand(AutoComplete.GenerateCompletion.class);
    new Failures().installIn(commandLine);
    // picocli's own say "is not an int" of a number that is too large.
    commandLine.registerConverter(Integer.class, new BoundedInteger());
    commandLine.registerConverter(int.class, new BoundedInteger());
    commandLine.registerConverter(Long.class, new AnyLong());
    commandLine.registerConverter(long.class, new AnyLong());
    commandLine.registerConverter(Double.class, new AnyNumber());
    commandLine.registerConverter(double.class, new AnyNumber());
    commandLine.setUsageHelpAutoWidth(true);
    ComponentFlags.addTo(commandLine, called);
    ReadingFlags.addTo(commandLine, called);
    return commandLine;
  }
}
