package io.github.jvae.bench.compare.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.github.jvae.internal.Quote;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the JSON of results against the records that it is to become, member by member: whether it
 * is there where it must be, of its type, and within the bounds that {@link AtLeast}, {@link Size}
 * and {@link PlainName} set. Whoever uses the records then need not look again.
 */
final class ResultsCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");

  /** What JSON has no number for. */
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  /**
   * No quantity of a run is beyond these; arithmetic on those within can neither under nor
   * overflow.
   */
  private static final double LEAST_SIZE = 1e-100;

  private static final double GREATEST_SIZE = 1e100;

  private static final Map<Class<?>, Long> GREATEST_WHOLE = Map.of(
      int.class, (long) Integer.MAX_VALUE,
      Integer.class, (long) Integer.MAX_VALUE,
      long.class, Long.MAX_VALUE);

  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

  private ResultsCheck() {}

  /** What is wrong with a member. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String member, String fault) {
      super(member + " " + fault);
    }
  }

  /**
   * Checks the JSON of results.
   *
   * @throws Fault that says which member is wrong, and why
   */
  static void check(JsonNode results) throws Fault {
    checkRecord(results, ComparisonResults.class, "");
    requireDistinct(results, "backends", "name");
    requireDistinct(results, "sweeps", "workload", "quantity");
  }

  private static void checkRecord(JsonNode node, Class<?> type, String member) throws Fault {
    if (!node.isObject()) {
      throw must(member, "be an object", node);
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = NAMES.translate(component.getName());
      checkValue(
          node.path(name),
          component.getAnnotatedType(),
          member.isEmpty() ? name : member + "." + name);
    }
    if (type == LossCurve.class) {
      checkCurve(node, member);
    }
  }

  private static void checkValue(JsonNode node, AnnotatedType annotated, String member)
      throws Fault {
    if (annotated instanceof AnnotatedParameterizedType list) {
      checkList(node, list, member);
      return;
    }
    boolean absent = node.isMissingNode() || node.isNull();
    if (absent && annotated.isAnnotationPresent(Nullable.class)) {
      return;
    }
    Class<?> type = (Class<?>) annotated.getType();
    if (type.isRecord()) {
      checkRecord(node, type, member);
    } else if (type.isEnum()) {
      checkEnum(node, type, member);
    } else if (type == String.class) {
      checkText(node, annotated, member);
    } else if (type == boolean.class) {
      require(node.isBoolean(), member, "be true or false", node);
    } else if (GREATEST_WHOLE.containsKey(type)) {
      checkWhole(node, type, annotated, member);
    } else {
      checkNumber(node, annotated, member);
    }
  }

  private static void checkList(JsonNode node, AnnotatedParameterizedType type, String member)
      throws Fault {
    Size size = type.getAnnotation(Size.class);
    if (node.isMissingNode() || node.isNull()) {
      require(size == null || size.min() == 0, member, "be a list", node);
      return;
    }
    require(node.isArray(), member, "be a list", node);
    if (size != null && (node.size() < size.min() || node.size() > size.max())) {
      throw new Fault(
          member,
          "must have "
              + (size.min() == size.max() ? "" : "from " + size.min() + " to ") + size.max()
              + " elements, not " + node.size());
    }
    AnnotatedType element = type.getAnnotatedActualTypeArguments()[0];
    for (int i = 0; i < node.size(); i++) {
      checkValue(node.get(i), element, member + "[" + i + "]");
    }
  }

  private static void checkEnum(JsonNode node, Class<?> type, String member) throws Fault {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
    require(
        node.isTextual() && names.contains(node.textValue()),
        member,
        "be one of " + String.join(", ", names),
        node);
  }

  private static void checkText(JsonNode node, AnnotatedElement bounds, String member)
      throws Fault {
    require(node.isTextual(), member, "be a text", node);
    require(
        !bounds.isAnnotationPresent(PlainName.class)
            || NAME.matcher(node.textValue()).matches(),
        member,
        "be a name of letters, digits and . _ + - that begins with a letter or a digit",
        node);
  }

  private static void checkWhole(
      JsonNode node, Class<?> type, AnnotatedElement bounds, String member) throws Fault {
    AtLeast least = bounds.getAnnotation(AtLeast.class);
    boolean fits = node.isIntegralNumber()
        && (type == long.class ? node.canConvertToLong() : node.canConvertToInt())
        && (least == null || node.longValue() >= least.value());
    require(
        fits,
        member,
        "be a whole number"
            + (least == null
                ? ""
                : " from " + (long) least.value() + " to " + GREATEST_WHOLE.get(type)),
        node);
  }

  private static void checkNumber(JsonNode node, AnnotatedElement bounds, String member)
      throws Fault {
    boolean none = node.isTextual() && NO_NUMBERS.contains(node.textValue());
    require(none || node.isNumber(), member, "be a number", node);
    double value = none ? Double.parseDouble(node.textValue()) : node.doubleValue();
    AtLeast least = bounds.getAnnotation(AtLeast.class);
    if (least != null) {
      require(!(value < least.value()), member, "be a number of at least " + least.value(), node);
    }
    double size = Math.abs(value);
    require(
        none || size == 0 || (size >= LEAST_SIZE && size <= GREATEST_SIZE),
        member,
        "be 0 or of a size from " + LEAST_SIZE + " to " + GREATEST_SIZE,
        node);
  }

  private static void checkCurve(JsonNode curve, String member) throws Fault {
    int steps = curve.path("steps").size();
    for (String other : List.of("seconds", "losses")) {
      int size = curve.path(other).size();
      if (size != steps) {
        throw new Fault(
            member + "." + other,
            "must have as many elements as steps has, " + steps + ", not " + size);
      }
    }
    for (int i = 1; i < steps; i++) {
      int before = curve.path("steps").get(i - 1).intValue();
      JsonNode step = curve.path("steps").get(i);
      require(
          step.intValue() > before,
          member + ".steps[" + i + "]",
          "be above the step before it, " + before,
          step);
    }
  }

  /** Two of a name would be written over each other. */
  private static void requireDistinct(JsonNode results, String list, String... members)
      throws Fault {
    Set<String> seen = new HashSet<>();
    for (JsonNode element : results.path(list)) {
      String name = Arrays.stream(members)
          .map(member -> element.path(member).textValue())
          .collect(Collectors.joining("-"));
      if (!seen.add(name)) {
        throw new Fault(list, "must not have " + Quote.of(name) + " twice");
      }
    }
  }

  private static void require(boolean condition, String member, String must, JsonNode found)
      throws Fault {
    if (!condition) {
      throw must(member, must, found);
    }
  }

  private static Fault must(String member, String must, JsonNode found) {
    if (found.isMissingNode()) {
      return new Fault(member, "is missing");
    }
    return new Fault(
        member,
        "must " + must + ", not "
            + (found.isContainerNode()
                ? found.isArray() ? "a list" : "an object"
                : found.isTextual() ? Quote.of(found.textValue()) : Quote.bare(found)));
  }
}
