package io.github.jvae.model;

import io.github.jvae.error.VaeException;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is given of a batch.
 *
 * @param x the examples, [B, ...]; images are [B, channels, height, width]
 * @param conditions what is known of each beside
 */
public record Inputs(Tensor x, Conditions conditions) {
  /** The condition that says which elements of an example were observed, of the example's shape. */
  public static final String MASK = "mask";

  /** Examples of which nothing else is known. */
  public Inputs(Tensor x) {
    this(x, Conditions.none());
  }

  /** Returns how many examples there are, B. */
  public int size() {
    return x.shape().dimension(0);
  }

  /** Returns the shape of one example. */
  public Shape example() {
    return x.shape().subShape(1, x.shape().rank());
  }

  /** Returns 1 where an element was observed and 0 where not, [B, ...]; empty if all were. */
  public Optional<Tensor> mask() {
    return conditions.has(MASK) ? Optional.of(conditions.get(MASK)) : Optional.empty();
  }

  /**
   * Returns what belongs to an example's elements, and 0 for those that were not observed.
   *
   * @param terms one for each element, [B, ...]
   */
  public Tensor observed(Tensor terms) {
    return mask().map(terms::multiply).orElse(terms);
  }

  /**
   * Returns the sum of what belongs to an example's elements, over those that were observed.
   *
   * @param terms one for each element, [B, ...]
   * @return [B]
   */
  public Tensor sum(Tensor terms) {
    return Rows.sum(observed(terms));
  }

  /**
   * Returns how many elements of each example were observed.
   *
   * @return [B], or [] where it is the same number for all
   */
  public Tensor count() {
    return mask().map(Rows::sum).orElseGet(() -> x.trace().scalar(example().size()));
  }

  /** Returns each example several times in a row, with its conditions: B · times examples. */
  public Inputs repeat(int times) {
    return new Inputs(Rows.repeat(x, times), conditions.repeat(times));
  }

  /**
   * Returns these examples followed by others, of which every element was observed.
   *
   * @param others [K, ...]
   * @return B + K examples
   * @throws VaeException if there are conditions beside the mask, which nobody knows for the others
   */
  public Inputs followedBy(Tensor others) {
    Conditions known = Conditions.ofObserved(others, conditions);
    Map<String, Tensor> joined = new LinkedHashMap<>();
    conditions.asMap().forEach((name, value) -> joined.put(name, value.concat(0, known.get(name))));
    return new Inputs(x.concat(0, others), Conditions.of(joined));
  }
}
