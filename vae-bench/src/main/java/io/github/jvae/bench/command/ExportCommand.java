package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vae export}. */
@Command(
    name = "export",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = {
      "Writes what a model computes as ONNX files, for programs in any language: encoder, decoder,"
          + " reconstruct, prior and score, each for batches of any size. No engine is started.",
      ""
    })
public final class ExportCommand implements Callable<Integer> {
  /** What models can be written as. */
  enum Format {
    onnx
  }

  @Mixin
  private SavedModelOptions model = new SavedModelOptions();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "onnx",
      description = "What is written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.onnx;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Where to; a new or an empty folder.")
  private Path out = Path.of("");

  @Mixin
  private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Console console = output.console();
    List<Path> files = OnnxExport.of(model.folder()).write(out);
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (Path file : files) {
      console.say("%s  %s", file, size(file));
      names.add(file.toString());
    }
    console.result(new JsonResult().put("format", format.name()).put("files", names));
    return 0;
  }

  private static String size(Path file) {
    try {
      return String.format(Locale.ROOT, "%.1f KB", Files.size(file) / 1024.0);
    } catch (IOException e) {
      throw new VaeException("cannot read " + file + " again: " + FileFault.reason(e), e);
    }
  }
}
