package io.github.jvae.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The options of a component")
class ComponentOptionsTest {

  private static ComponentOptions options(String json) {
    try {
      Map<String, JsonNode> values = new HashMap<>();
      new ObjectMapper()
          .readTree(json.replace('\'', '"'))
          .properties()
          .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
      return new ComponentOptions("prior probe", values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static void fault(ThrowingCallable wrong, String... parts) {
    assertThatThrownBy(wrong)
        .isInstanceOf(VaeException.class)
        .hasMessageStartingWith("prior probe: ")
        .hasMessageContainingAll(parts);
  }

  @Test
  @DisplayName("are read by type, or have their defaults")
  void reads() {
    ComponentOptions given = options(
        "{'n':2.5,'i':3,'list':[1,2],'word':'x','choice':'leaky_relu','other':'leaky-relu'}");
    assertThat(given.number("n", 0)).isEqualTo(2.5);
    assertThat(given.number("i", 0)).isEqualTo(3);
    assertThat(given.integer("i", 0)).isEqualTo(3);
    assertThat(given.integers("list", 9)).containsExactly(1, 2);
    assertThat(given.text("word", "")).isEqualTo("x");
    assertThat(given.choice("choice", Activation.class, Activation.RELU))
        .isEqualTo(Activation.LEAKY_RELU);
    assertThat(given.choice("other", Activation.class, Activation.RELU))
        .isEqualTo(Activation.LEAKY_RELU);
    given.requireAllRead();
    ComponentOptions none = options("{}");
    assertThat(none.number("n", 0.5)).isEqualTo(0.5);
    assertThat(none.integer("i", 7)).isEqualTo(7);
    assertThat(none.integers("list", 9, 8)).containsExactly(9, 8);
    assertThat(none.text("word", "w")).isEqualTo("w");
    assertThat(none.choice("choice", Activation.class, Activation.ELU)).isEqualTo(Activation.ELU);
  }

  @Test
  @DisplayName("of another type are errors that name the option and what was given")
  void wrongTypes() {
    ComponentOptions given = options("{'a':'x','b':2.5,'c':[1,'y'],'d':4,'e':3000000000}");
    fault(() -> given.number("a", 0), "a must be a number", "\"x\"");
    fault(() -> given.integer("b", 0), "b must be a whole number", "2.5");
    fault(() -> given.integer("e", 0), "e must be a whole number", "3000000000");
    fault(() -> given.integers("c"), "c must be a whole number", "\"y\"");
    fault(() -> given.integers("d"), "d must be a list", "4");
    fault(() -> given.text("d", ""), "d must be text", "4");
    fault(() -> given.choice("a", Activation.class, Activation.ELU), "relu, tanh", "\"x\"");
    fault(() -> given.choice("d", Activation.class, Activation.ELU), "must be one of", "4");
  }

  @Test
  @DisplayName("that nobody reads are errors that list what is known")
  void unread() {
    ComponentOptions given = options("{'sigma':1,'sgima':2}");
    given.number("sigma", 0);
    given.number("scale", 0);
    fault(given::requireAllRead, "unknown option sgima", "sigma, scale");
    fault(() -> options("{'x':1}").requireAllRead(), "unknown option x", "none");
  }
}
