package io.github.jvae.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtEngine;
import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.source.Shapes;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example in the documentation of BlockEncoder")
final class BlockEncoderExampleTest {
  private static final Path SOURCE =
      Path.of("src", "main", "java", "io", "github", "jvae", "djl", "BlockEncoder.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?) \\* }</pre>", Pattern.DOTALL);
  private static final int FEATURES = 8;

  /** What a reader's editor would import, and what the example says is there. */
  private static final String HEAD = """
      import io.github.jvae.backend.*;
      import io.github.jvae.checkpoint.*;
      import io.github.jvae.data.*;
      import io.github.jvae.djl.*;
      import io.github.jvae.evaluate.*;
      import io.github.jvae.likelihood.*;
      import io.github.jvae.model.*;
      import io.github.jvae.objective.*;
      import io.github.jvae.prior.*;
      import io.github.jvae.tensor.*;
      import io.github.jvae.train.*;
      import java.nio.file.Path;
      import java.util.Map;
      public class Example {
        public static void run(ai.djl.nn.Block body, int features, DataParts images, Path file) {
      """;

  private static String example() throws IOException {
    Matcher matcher = EXAMPLE.matcher(Files.readString(SOURCE));
    assertThat(matcher.find()).isTrue();
    return matcher
        .group(1)
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n", HEAD, "\n}}\n"));
  }

  private static Method compile(String text, Path classes) throws Exception {
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of(
        "-d",
        classes.toString(),
        "-proc:none",
        "-classpath",
        System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(source)).call();
    assertThat(compiled).as(messages.toString()).isTrue();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      return loader
          .loadClass("Example")
          .getMethod("run", Block.class, int.class, DataParts.class, Path.class);
    }
  }

  @Test
  @DisplayName("compiles, trains heads and decoder, and saves them")
  void runs(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("trained.safetensors");
    Method example = compile(example(), folder);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), PtEngine.ENGINE_NAME)) {
      Block body = new SequentialBlock()
          .add(Blocks.batchFlattenBlock())
          .add(Linear.builder().setUnits(FEATURES).build())
          .add(Activation::relu);
      body.initialize(manager, DataType.FLOAT32, new ai.djl.ndarray.types.Shape(1, 3, 32, 32));
      example.invoke(null, body, FEATURES, Shapes.generate(1, 64, 16), file);
    }
    assertThat(Safetensors.read(file).keySet())
        .containsExactlyInAnyOrder(
            "encoder.mean.weight",
            "encoder.mean.bias",
            "encoder.log_variance.weight",
            "encoder.log_variance.bias",
            "decoder.0.weight",
            "decoder.0.bias",
            "decoder.output.weight",
            "decoder.output.bias");
  }
}
