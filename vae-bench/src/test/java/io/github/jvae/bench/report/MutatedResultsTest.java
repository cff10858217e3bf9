package io.github.jvae.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.JsonTree;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.SampleResults;
import io.github.jvae.error.VaeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/**
 * What comes of results that somebody or something changed: a refusal of one line that names the
 * file, or a report that is well-formed; never another exception.
 */
@DisplayName("Results with one change are refused with the file's name or make a sound report:")
final class MutatedResultsTest {
  private static final int INPUTS_OF_A_KIND = 250;
  private static final int LONGEST_MESSAGE = 700;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What is done to a member or an element; null takes it away. */
  private enum Kind {
    REMOVED,
    NULL,
    OTHER_TYPE,
    NEGATIVE,
    HUGE,
    TINY,
    NO_NUMBER,
    EMPTY,
    SHORTER,
    LONGER,
    CONTROL_CHARACTERS,
    LONG_TEXT,
    PATH,
    MARKUP,
    DUPLICATE_MEMBER,
    DUPLICATE_ELEMENT,
    TRUNCATED;

    @Nullable
    JsonNode of(JsonNode old, Random random) {
      return switch (this) {
        case REMOVED -> null;
        case NULL -> JSON.nullNode();
        case OTHER_TYPE ->
          pick(
              random,
              JSON.textNode("x"),
              JSON.numberNode(1.5),
              JSON.objectNode(),
              JSON.arrayNode(),
              JSON.booleanNode(true));
        case NEGATIVE ->
          pick(
              random,
              JSON.numberNode(-1),
              JSON.numberNode(-0.5),
              JSON.numberNode(Integer.MIN_VALUE),
              JSON.numberNode(-1e99));
        case HUGE ->
          pick(
              random,
              JSON.numberNode(Integer.MAX_VALUE),
              JSON.numberNode(1e99),
              JSON.numberNode(Double.MAX_VALUE),
              JSON.numberNode(Long.MAX_VALUE));
        case TINY ->
          pick(
              random,
              JSON.numberNode(0),
              JSON.numberNode(Double.MIN_VALUE),
              JSON.numberNode(1e-99));
        case NO_NUMBER ->
          pick(
              random,
              JSON.textNode("NaN"),
              JSON.textNode("Infinity"),
              JSON.textNode("-Infinity"),
              JSON.textNode("nan"));
        case EMPTY ->
          old.isArray() ? JSON.arrayNode() : old.isObject() ? JSON.objectNode() : JSON.textNode("");
        case SHORTER -> shorter(old);
        case LONGER -> longer(old, JSON.numberNode(1));
        case CONTROL_CHARACTERS ->
          pick(
              random,
              JSON.textNode("a\u0000\u001b[2J\nb"),
              JSON.textNode("\ud800"),
              JSON.textNode("\u202e\uffff\u2028"),
              JSON.textNode("\r\n```\n"));
        case LONG_TEXT -> JSON.textNode("long ".repeat(20_000));
        case PATH ->
          pick(
              random,
              JSON.textNode("../../outside"),
              JSON.textNode("/etc/passwd"),
              JSON.textNode("a\u0000b"),
              JSON.textNode("."),
              JSON.textNode("p".repeat(5000)));
        case MARKUP -> JSON.textNode("</p><script>alert(1)</script> & \"x\" | y *z* ]](( {{#a}}");
        case DUPLICATE_ELEMENT -> old.isArray() && !old.isEmpty() ? longer(old, old.get(0)) : old;
        case DUPLICATE_MEMBER, TRUNCATED -> old;
      };
    }

    private static JsonNode pick(Random random, JsonNode... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private static JsonNode shorter(JsonNode old) {
      if (!old.isArray() || old.isEmpty()) {
        return old;
      }
      ArrayNode list = old.deepCopy();
      list.remove(list.size() - 1);
      return list;
    }

    private static JsonNode longer(JsonNode old, JsonNode element) {
      return old.isArray() ? ((ArrayNode) old.deepCopy()).add(element) : old;
    }
  }

  @TempDir
  Path folder;

  private static ObjectNode sample(Path file) {
    ResultsFile.write(
        file,
        SampleResults.of(
            List.of(
                SampleResults.backend("tensorflow", "TensorFlow 2.18.0", 2413, 1, 0),
                SampleResults.brokenOff("djl", 20),
                SampleResults.diverged("nd4j"),
                SampleResults.failed("other", "it crashed")),
            true,
            SampleResults.change()));
    return JsonTree.read(file);
  }

  @ParameterizedTest
  @EnumSource
  void one(Kind kind) throws IOException {
    Path file = folder.resolve(ResultsFile.NAME);
    ObjectNode sample = sample(file);
    Random random = new Random(kind.name().hashCode());
    int refused = 0;
    int made = 0;
    for (int i = 0; i < INPUTS_OF_A_KIND; i++) {
      String text = mutated(sample, kind, random);
      Files.writeString(file, text);
      try {
        ComparisonResults results = ResultsFile.read(file);
        requireSound(Report.of(results, folder), i);
        made++;
      } catch (VaeException e) {
        assertThat(e.getMessage())
            .contains(ResultsFile.NAME)
            .hasSizeLessThan(LONGEST_MESSAGE)
            .hasLineCount(1)
            .matches(message -> message.chars().noneMatch(Character::isISOControl));
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("input " + i + " of " + kind + ": " + excerpt(text), e);
      }
    }
    assertThat(refused + made).isEqualTo(INPUTS_OF_A_KIND);
    assertThat(refused).as("refused").isPositive();
    if (kind != Kind.TRUNCATED && kind != Kind.DUPLICATE_MEMBER) {
      assertThat(made).as("made").isPositive();
    }
  }

  private static String excerpt(String text) {
    return text.length() < 4000 ? text : text.substring(0, 4000);
  }

  private static String mutated(ObjectNode sample, Kind kind, Random random) {
    if (kind == Kind.TRUNCATED) {
      String whole = new String(JsonTree.toBytes(sample), StandardCharsets.UTF_8);
      return whole.substring(0, random.nextInt(whole.length() - 2));
    }
    ObjectNode results = sample.deepCopy();
    JsonNode parent = results;
    List<JsonNode> containers = containers(parent, random);
    parent = containers.get(random.nextInt(containers.size()));
    if (parent instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (kind == Kind.DUPLICATE_MEMBER) {
        object.put("\u0001twice", 1);
        return new String(JsonTree.toBytes(results), StandardCharsets.UTF_8)
            .replace("\"\\u0001twice\"", "\"" + name + "\"");
      }
      JsonNode value = kind.of(object.get(name), random);
      if (value == null) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    } else if (parent instanceof ArrayNode list) {
      int index = random.nextInt(list.size());
      JsonNode value = kind.of(list.get(index), random);
      if (value == null) {
        list.remove(index);
      } else {
        list.set(index, value);
      }
    }
    return new String(JsonTree.toBytes(results), StandardCharsets.UTF_8);
  }

  /** The objects and lists on a random way down, none empty, and at least the whole. */
  private static List<JsonNode> containers(JsonNode root, Random random) {
    List<JsonNode> way = new ArrayList<>();
    JsonNode at = root;
    while (at.isContainerNode() && !at.isEmpty()) {
      way.add(at);
      List<JsonNode> children = new ArrayList<>();
      at.forEach(children::add);
      List<JsonNode> deeper =
          children.stream().filter(JsonNode::isContainerNode).toList();
      List<JsonNode> next = deeper.isEmpty() ? children : deeper;
      at = next.get(random.nextInt(next.size()));
    }
    return way;
  }

  private void requireSound(Report report, int input) {
    HtmlDocument page = HtmlDocument.parse(report.html());
    assertThat(page.all("script")).isEmpty();
    assertThat(page.all("img")).isEmpty();
    for (Element line : page.all("polyline")) {
      assertThat(line.getAttribute("points"))
          .as("input " + input)
          .doesNotContain("NaN", "Infinity");
    }
    for (Element box : page.all("rect")) {
      assertThat(box.getAttribute("width") + box.getAttribute("x"))
          .doesNotContain("NaN", "Infinity", "-");
    }
    // Within a fence it is text.
    assertThat(report.markdown().replaceAll("(?s)```sh\n.*?\n```", "")).doesNotContain("<script");
    if (input % 50 == 0) {
      report.write(folder);
    }
  }
}
