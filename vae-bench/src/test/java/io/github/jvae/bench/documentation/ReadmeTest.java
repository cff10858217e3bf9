package io.github.jvae.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The README")
final class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");
  private static final Pattern IMAGE = Pattern.compile("!\\[[^]]*]\\(([^)]*)\\)");
  private static final Pattern LINK = Pattern.compile("[^!]\\[[^]]*]\\(([^):#]*)\\)");

  /** What a reader's editor would import. */
  private static final String IMPORTS = """
      import io.github.jvae.*;
      import io.github.jvae.data.*;
      import io.github.jvae.data.source.*;
      import io.github.jvae.evaluate.*;
      import io.github.jvae.model.*;
      import io.github.jvae.plugin.*;
      import io.github.jvae.tensor.*;
      import io.github.jvae.train.*;
      import java.nio.file.Path;
      """;

  @Test
  @DisplayName("shows Java that compiles")
  void compiles(@TempDir Path classes) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (MatchResult block : JAVA.matcher(Files.readString(README)).results().toList()) {
      sources.add(source(block.group(1), sources.size()));
    }
    assertThat(sources).hasSizeGreaterThanOrEqualTo(3);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of(
        "-d",
        classes.toString(),
        "-proc:none",
        "-classpath",
        System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, sources).call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static JavaFileObject source(String code, int number) {
    var declared = CLASS.matcher(code);
    boolean whole = declared.find();
    String name = whole ? declared.group(1) : "Snippet" + number;
    String text = whole
        ? IMPORTS + code
        : IMPORTS + "class " + name + " { static void run() throws Exception {\n" + code + "}}\n";
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  @Test
  @DisplayName("shows pictures and links to files that exist")
  void linksExist() throws IOException {
    String text = Files.readString(README);
    List<String> targets = new ArrayList<>();
    IMAGE.matcher(text).results().forEach(result -> targets.add(result.group(1)));
    LINK.matcher(text).results().forEach(result -> targets.add(result.group(1)));
    assertThat(targets).isNotEmpty();
    assertThat(targets)
        .allSatisfy(target -> assertThat(README.resolveSibling(target)).exists());
  }

  @Test
  @DisplayName("names the command by which continuous integration tests")
  void namesTheTestCommand() throws IOException {
    String script = Files.readString(Path.of("..", ".ci", "run"));
    String command =
        script.lines().filter(line -> line.startsWith("mvn ")).findFirst().orElseThrow();
    assertThat(Files.readString(README)).contains("\n" + command + "\n");
  }
}
