package io.github.jvae.data;

import io.github.jvae.error.DataException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds and checks the conditions of examples, the mask among them. */
final class KnownConditions {
  private KnownConditions() {}

  /**
   * Returns a condition of a name. Where the examples have none of it, a mask hides nothing, and
   * the library size of counts is their sum.
   *
   * @throws VaeException if the examples have none of it; the message lists those they have
   */
  static Condition require(Examples examples, String name) {
    return all(examples)
        .filter(condition -> condition.name().equals(name))
        .findFirst()
        .or(() -> derived(examples, name))
        .orElseThrow(() -> unknown(examples, name));
  }

  private static Optional<Condition> derived(Examples examples, String name) {
    return switch (name) {
      case Mask.NAME -> Optional.of(Mask.ofAll(examples));
      case LibrarySize.NAME ->
        LibrarySize.isKnownOf(examples) ? Optional.of(LibrarySize.of(examples)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Stream<Condition> all(Examples examples) {
    return Stream.concat(examples.conditions().stream(), examples.mask().stream());
  }

  private static VaeException unknown(Examples examples, String name) {
    List<String> known = all(examples).map(Condition::name).toList();
    return new DataException("data set " + Quote.of(examples.name()) + " has no condition "
        + Quote.of(name) + "; it has " + (known.isEmpty() ? "none" : Quote.list(known)));
  }

  /**
   * Returns conditions with one more.
   *
   * @throws VaeException if it is not of as many examples, or its name is taken
   */
  static List<Condition> with(Examples examples, Condition condition) {
    requireSize(examples, condition);
    Set<String> taken = new HashSet<>(Set.of(Mask.NAME));
    examples.conditions().forEach(other -> taken.add(other.name()));
    if (taken.contains(condition.name())) {
      throw new DataException("data set " + Quote.of(examples.name())
          + " cannot have two conditions named " + Quote.of(condition.name()));
    }
    List<Condition> more = new ArrayList<>(examples.conditions());
    more.add(condition);
    return List.copyOf(more);
  }

  /**
   * Checks that a condition is of as many examples.
   *
   * @throws VaeException if it is not
   */
  static void requireSize(Examples examples, Condition condition) {
    if (condition.size() != examples.size()) {
      throw new DataException("data set " + Quote.of(examples.name()) + " has " + examples.size()
          + " examples, but " + Quote.of(condition.name()) + " is of " + condition.size());
    }
  }
}
