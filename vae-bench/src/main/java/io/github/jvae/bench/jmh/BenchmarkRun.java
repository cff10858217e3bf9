package io.github.jvae.bench.jmh;

import io.github.jvae.error.VaeException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks that were run. */
public final class BenchmarkRun {
  private final Collection<RunResult> results;

  private BenchmarkRun(Collection<RunResult> results) {
    this.results = results;
  }

  /**
   * Runs benchmarks. One that fails is told among the lines, and has no score.
   *
   * @param lines takes what JMH says meanwhile
   * @throws VaeException if JMH cannot run, such as while another one does
   */
  public static BenchmarkRun of(BenchmarkPlan plan, Consumer<String> lines) {
    try (PrintStream chatter = new PrintStream(new Lines(lines), true, StandardCharsets.UTF_8)) {
      return new BenchmarkRun(new Runner(
              plan.options(), OutputFormatFactory.createFormatInstance(chatter, VerboseMode.NORMAL))
          .run());
    } catch (RunnerException e) {
      throw new VaeException(
          "JMH cannot run: " + e.getMessage()
              + "; wait until no other benchmark runs, and check that Java can be started",
          e);
    }
  }

  /** The scores of the benchmarks that ran, in the order of JMH. */
  public List<Score> scores() {
    return results.stream().map(Score::of).toList();
  }

  /** Returns all of it in JMH's JSON format, which the tools around JMH read. */
  public String json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Gathers bytes into lines. */
  private static final class Lines extends OutputStream {
    private final Consumer<String> target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> target) {
      this.target = target;
    }

    @Override
    public void write(int value) {
      if (value == '\n') {
        pass();
      } else if (value != '\r') {
        line.write(value);
      }
    }

    private void pass() {
      target.accept(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }

    @Override
    public void close() {
      if (line.size() > 0) {
        pass();
      }
    }
  }
}
