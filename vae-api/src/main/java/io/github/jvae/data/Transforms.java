package io.github.jvae.data;

import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is done to examples, one transform after the other.
 *
 * @param chain from the first on
 */
public record Transforms(List<Transform> chain) {
  private static final Transforms NONE = new Transforms(List.of());

  public Transforms {
    chain = List.copyOf(chain);
  }

  /** Returns transforms in their order. */
  public static Transforms of(Transform... chain) {
    return new Transforms(List.of(chain));
  }

  /** Returns what leaves examples as they are. */
  public static Transforms none() {
    return NONE;
  }

  /** Returns how grey values become binary, if at all. */
  public Optional<Binarization> binarization() {
    return chain.stream()
        .filter(Binarization.class::isInstance)
        .map(Binarization.class::cast)
        .findFirst();
  }

  /**
   * Returns these transforms with others at the end, in place of a binarization if there was one.
   *
   * @param others none to leave grey values as they are
   */
  public Transforms binarized(Transforms others) {
    List<Transform> changed = new ArrayList<>(chain);
    changed.removeIf(Binarization.class::isInstance);
    changed.addAll(others.chain);
    return new Transforms(changed);
  }

  /**
   * Returns what the numbers are afterwards.
   *
   * @param given what they are before
   * @throws io.github.jvae.error.VaeException if a transform cannot be done to such numbers
   */
  public ElementKind elements(ElementKind given) {
    ElementKind kind = given;
    for (Transform transform : chain) {
      kind = transform.elements(kind);
    }
    return kind;
  }

  /** Returns what is done in a pass over the data. */
  public Transform.Change in(Pass pass) {
    List<Transform.Change> changes =
        chain.stream().map(transform -> transform.in(pass)).toList();
    return (index, values, begin, end) ->
        changes.forEach(change -> change.apply(index, values, begin, end));
  }

  /**
   * Returns what a model makes in the units of the data, as {@link Transform#undo} has it.
   *
   * @param examples [examples, shape of one], which stay as they are
   */
  public HostTensor undone(HostTensor examples) {
    float[] values = examples.data().clone();
    int each = values.length / examples.shape().dimension(0);
    for (int last = chain.size() - 1; last >= 0; last--) {
      for (int begin = 0; begin < values.length; begin += each) {
        chain.get(last).undo(values, begin, begin + each);
      }
    }
    return HostTensor.of(examples.shape(), values);
  }

  /** Returns the transforms in words, such as {@code stochastic}; {@code none} if there is none. */
  @Override
  public String toString() {
    return chain.isEmpty()
        ? "none"
        : chain.stream().map(Transform::toString).collect(Collectors.joining(", then "));
  }
}
