package io.github.jvae.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An option of a component, told once: by it the option is checked, given its default, read by the
 * factory, and explained by listings, by the help of the command line and by messages.
 *
 * <pre>{@code
 * static final OptionDescription<Double> SCALE =
 *     OptionDescription.of("scale", OptionType.number(Range.above(0)), 0.1, "Half the mean width.");
 * }</pre>
 *
 * @param <T> what a factory reads
 */
public final class OptionDescription<T> {
  private final String name;
  private final OptionType<T> type;
  private final @Nullable T otherwise;
  private final @Nullable T former;
  private final String sentence;
  private final @Nullable String flag;
  private final @Nullable Condition condition;

  private OptionDescription(
      String name,
      OptionType<T> type,
      @Nullable T otherwise,
      @Nullable T former,
      String sentence,
      @Nullable String flag,
      @Nullable Condition condition) {
    this.name = name;
    this.type = type;
    this.otherwise = otherwise;
    this.former = former;
    this.sentence = sentence;
    this.flag = flag;
    this.condition = condition;
  }

  /**
   * Describes an option that may be left out.
   *
   * @param name as configurations have it
   * @param otherwise its value where it is left out
   * @param sentence what it is for
   */
  public static <T> OptionDescription<T> of(
      String name, OptionType<T> type, T otherwise, String sentence) {
    return new OptionDescription<>(name, type, otherwise, null, sentence, null, null);
  }

  /**
   * Describes an option that must be given.
   *
   * @param name as configurations have it
   * @param sentence what it is for
   */
  public static <T> OptionDescription<T> required(
      String name, OptionType<T> type, String sentence) {
    return new OptionDescription<>(name, type, null, null, sentence, null, null);
  }

  /**
   * Returns the same with a short flag, which the command line takes beside the long one made of
   * the component's kind and the option's name. Where two options of different kinds, or an option
   * and another flag of the command, want one flag, neither of the options gets it.
   *
   * @param word the flag without its hyphens
   */
  public OptionDescription<T> withFlag(String word) {
    return new OptionDescription<>(name, type, otherwise, former, sentence, word, condition);
  }

  /**
   * Returns the same for a component that the short flag does not choose: where another component
   * is not named, the flag means one that asks for it.
   */
  public OptionDescription<T> withoutFlag() {
    return new OptionDescription<>(name, type, otherwise, former, sentence, null, condition);
  }

  /**
   * Returns the same for an option that there is only where another one, declared before it, has a
   * certain value. Elsewhere it has no default, and giving it is an error.
   */
  public OptionDescription<T> onlyWhere(OptionDescription<?> other, OptionValue value) {
    return new OptionDescription<>(
        name, type, otherwise, former, sentence, flag, new Condition(other.name(), value));
  }

  /**
   * Returns the same for an option that its component did not always have.
   *
   * @param value what a model is like that was saved without it
   */
  public OptionDescription<T> formerly(T value) {
    return new OptionDescription<>(name, type, otherwise, value, sentence, flag, condition);
  }

  /** Returns the name in configurations. */
  public String name() {
    return name;
  }

  /** Returns what its values may be. */
  public OptionType<T> type() {
    return type;
  }

  /** Returns its value where it is left out; nothing if it must be given. */
  public Optional<OptionValue> otherwise() {
    return Optional.ofNullable(otherwise).map(type::write);
  }

  /**
   * Returns its value where a saved model, which has every option written out, lacks it; nothing if
   * that is no other than {@link #otherwise}.
   */
  public Optional<OptionValue> former() {
    return Optional.ofNullable(former).map(type::write);
  }

  /** Returns what it is for, in one sentence. */
  public String sentence() {
    return sentence;
  }

  /** Returns the short flag of the command line, without hyphens, if it has one. */
  public Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** Returns where there is this option, such as {@code sigma "shared"}; nothing if everywhere. */
  public Optional<String> place() {
    return Optional.ofNullable(condition).map(Condition::toString);
  }

  /**
   * Returns the option's value.
   *
   * @param options as a factory is given them: with all that is declared, checked and complete
   * @throws IllegalStateException if the component does not declare this option, or has it only
   *     where another option has a value that it has not: an error of who wrote the component
   */
  public T in(Options options) {
    OptionValue value = options.get(name);
    if (value == null) {
      throw new IllegalStateException("option " + name + " is read, but "
          + place()
              .map(where -> "there is one only where the component has " + where)
              .orElse("not declared; declare it where the component is contributed"));
    }
    return type.read(name, value);
  }

  public boolean appliesTo(Options options) {
    return condition == null || condition.value().equals(options.get(condition.option()));
  }

  private record Condition(String option, OptionValue value) {
    @Override
    public String toString() {
      return option + " " + value;
    }
  }
}
