package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.SampleResults;
import io.github.jvae.bench.compare.results.SweepResult;
import io.github.jvae.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("vae report")
class ReportCommandTest {
  @TempDir
  Path folder;

  @Test
  @DisplayName("makes the report of results, again and again the same")
  void makes() throws IOException {
    ResultsFile.write(folder.resolve(ResultsFile.NAME), SampleResults.complete());
    Outcome outcome = Outcome.of("report", folder.toString(), "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.json().get("verdict").textValue()).startsWith("TensorFlow was fastest");
    byte[] page = Files.readAllBytes(folder.resolve(Report.HTML));
    byte[] chart = Files.readAllBytes(folder.resolve(Report.CHARTS).resolve("throughput.png"));
    assertThat(Outcome.of("report", folder.toString()).out()).contains("TensorFlow was fastest");
    assertThat(folder.resolve(Report.HTML)).hasBinaryContent(page);
    assertThat(folder.resolve(Report.CHARTS).resolve("throughput.png")).hasBinaryContent(chart);
  }

  @Test
  @DisplayName("says in one line what is wrong with a folder")
  void refuses() throws IOException {
    Outcome missing = Outcome.of("report", folder.resolve("nowhere").toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err())
        .startsWith("vae report: ")
        .contains("results.json")
        .hasLineCount(1);
    Files.writeString(folder.resolve(ResultsFile.NAME), "{\"a\": 1}");
    Outcome other = Outcome.of("report", folder.toString());
    assertThat(other.err()).contains("holds no results of 'vae compare'").hasLineCount(1);
    assertThat(folder.resolve(Report.HTML)).doesNotExist();
  }

  @Test
  @DisplayName("shows the sweeps that 'vae speed --into' adds, in place of earlier ones")
  void sweeps() throws IOException {
    Path file = folder.resolve(ResultsFile.NAME);
    ResultsFile.write(file, SampleResults.complete());
    Outcome outcome = Outcome.of(
        "speed",
        "--workload",
        "mlp",
        "--sweep",
        "batch=1,2",
        "--backend",
        "nd4j",
        "--seconds",
        "0.1",
        "--into",
        folder.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    List<SweepResult> sweeps = ResultsFile.read(file).sweeps();
    assertThat(sweeps)
        .extracting(sweep -> sweep.workload() + " " + sweep.quantity())
        .containsExactly("conv batch", "conv threads", "mlp batch");
    assertThat(sweeps.get(2).points())
        .hasSize(2)
        .allMatch(point -> point.stepMs() != null && point.stepMs().median() > 0);
    assertThat(Files.readString(folder.resolve(Report.HTML))).contains("id=\"sweep-mlp-batch\"");
    Outcome refused =
        Outcome.of("speed", "--sweep", "batch=1", "--into", folder.resolve("x").toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("results.json").hasLineCount(1);
    assertThat(Outcome.of("speed", "--into", folder.toString()).err())
        .contains("--into goes with --sweep");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("writes the page where Java has no fonts, and says what the charts as pictures need")
  void withoutFonts() throws Exception {
    ResultsFile.write(folder.resolve(ResultsFile.NAME), SampleResults.complete());
    Path fonts = folder.resolve("fonts.conf");
    Files.writeString(fonts, "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        // Java remembers fonts that it found earlier in the user's folder.
        "-Duser.home=" + folder,
        "-cp",
        System.getProperty("java.class.path"),
        VaeCommand.class.getName(),
        "report",
        folder.toString());
    builder.environment().put("FONTCONFIG_FILE", fonts.toString());
    Process process = builder.redirectError(errors.toFile()).start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(errors)).contains("no fonts", "fontconfig").hasLineCount(1);
    assertThat(folder.resolve(Report.HTML)).isNotEmptyFile();
    assertThat(folder.resolve(Report.MARKDOWN)).isNotEmptyFile();
  }
}
