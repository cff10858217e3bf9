package io.github.jvae.data;

import io.github.jvae.tensor.HostTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Returns these transforms followed by others. */
  public Transforms then(Transforms others) {
    return new Transforms(Stream.concat(chain.stream(), others.chain.stream()).toList());
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
   * Returns transformed examples in the data's own units: what a model makes, as the data are. What
   * cannot be undone, as a binarization, stays.
   *
   * @param examples [B, ...]; not changed
   */
  public HostTensor undone(HostTensor examples) {
    HostTensor result = HostTensor.of(examples.shape(), examples.data().clone());
    int count = examples.shape().dimension(0);
    int size = examples.data().length / count;
    for (int i = chain.size() - 1; i >= 0; i--) {
      chain.get(i).inverse().ifPresent(change -> {
        for (int row = 0; row < count; row++) {
          change.apply(row, result.data(), row * size, (row + 1) * size);
        }
      });
    }
    return result;
  }

  /**
   * Returns what is added to a log-density that a model gives a number, to make it one in the
   * data's own units, in nats.
   *
   * @param place of the number in its example
   */
  public double logStretch(int place) {
    return chain.stream().mapToDouble(transform -> transform.logStretch(place)).sum();
  }

  /** Returns the transforms in words, such as {@code stochastic}; {@code none} if there is none. */
  @Override
  public String toString() {
    return chain.isEmpty()
        ? "none"
        : chain.stream().map(Transform::toString).collect(Collectors.joining(", then "));
  }
}
