package io.github.jvae.djl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source of a script: a module with one method, in the form in which PyTorch writes such
 * modules down. Each line knows who recorded it, so that a fault can be traced back.
 */
final class ScriptText {
  /** The module's class, as data.pkl names it. */
  static final String CLASS = "Computation";

  /** So much of a line is shown. */
  private static final int LONGEST = 120;

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  /** The line that starts the method, counted from 0. */
  private static final int HEAD = 3;

  private final List<String> lines = new ArrayList<>();
  private final List<String> components = new ArrayList<>();
  private String component = "";
  private String returned = "Tensor";

  ScriptText() {
    add("class " + CLASS + "(Module):");
    add("  __parameters__ = []");
    add("  __buffers__ = []");
    add("  def forward(self: __torch__." + CLASS);
  }

  /** Adds an argument of the method, a tensor. */
  ScriptText addArgument(String name) {
    return addArgument(name, "Tensor");
  }

  /** Adds an argument of the method, a list of tensors. */
  ScriptText addListArgument(String name) {
    return addArgument(name, "List[Tensor]");
  }

  private ScriptText addArgument(String name, String type) {
    lines.set(HEAD, lines.get(HEAD) + ", " + name + ": " + type);
    return this;
  }

  private void add(String line) {
    lines.add(line);
    components.add(component);
  }

  /** Adds a line of the method. */
  void add(String owner, String line) {
    if (!owner.equals(component)) {
      component = owner;
      add("    # " + owner.replaceAll("\\s+", " "));
    }
    add("    " + line);
  }

  /**
   * Adds those of the recorded values, in order, that others need.
   *
   * @param line writes one
   */
  void addNeeded(
      List<ScriptValue> recorded,
      Collection<ScriptValue> needed,
      Function<ScriptValue, String> line) {
    Set<ScriptValue> reached = reached(needed, false);
    for (ScriptValue value : recorded) {
      if (reached.contains(value)) {
        add(value.component(), line.apply(value));
      }
    }
  }

  /** The method's last line, which returns a tensor. */
  void addReturn(String expression) {
    add("result", "return " + expression);
  }

  /** The method's last line, which returns a list of tensors. */
  void addListReturn(String expression) {
    returned = "List[Tensor]";
    addReturn(expression);
  }

  /**
   * What some values are computed from, themselves included.
   *
   * @param byGradient only as far as a gradient passes
   */
  static Set<ScriptValue> reached(Collection<ScriptValue> from, boolean byGradient) {
    Set<ScriptValue> reached = new HashSet<>();
    Deque<ScriptValue> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      ScriptValue value = open.remove();
      if (reached.add(value) && (!byGradient || value.isDifferentiable())) {
        open.addAll(value.operands());
      }
    }
    return reached;
  }

  /** The line that a message of the engine points at, and who recorded it; or nothing. */
  String culprit(String message) {
    Matcher matcher = LINE.matcher(message);
    if (!matcher.find()) {
      return "";
    }
    int number = Integer.parseInt(matcher.group(1));
    if (number < 1 || number > lines.size()) {
      return "";
    }
    String line = lines.get(number - 1).strip();
    return " at line " + number + " of its script, \""
        + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
        + "\", recorded by " + components.get(number - 1);
  }

  @Override
  public String toString() {
    List<String> complete = new ArrayList<>(lines);
    complete.set(HEAD, lines.get(HEAD) + ") -> " + returned + ":");
    return String.join("\n", complete) + "\n";
  }
}
