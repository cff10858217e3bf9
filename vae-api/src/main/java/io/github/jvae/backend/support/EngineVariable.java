package io.github.jvae.backend.support;

import io.github.jvae.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A variable as an engine stores it. The first computation that reads it decides in which layout
 * that is: a network asks for the one that its layers compute in. Whoever else reads it records a
 * conversion.
 */
public abstract class EngineVariable {
  private final Shape shape;
  private @Nullable Layout layout;

  /** @param shape the portable shape */
  protected EngineVariable(Shape shape) {
    this.shape = shape;
  }

  /** Returns the portable shape. */
  public final Shape shape() {
    return shape;
  }

  /** Returns the layout that was decided on; the portable one as long as nothing was. */
  public final Layout layout() {
    return layout == null ? Layout.portable(shape) : layout;
  }

  /**
   * Returns the layout for good.
   *
   * @param wish what it becomes if nothing was decided yet
   */
  public final Layout decide(Layout wish) {
    if (layout == null) {
      layout = wish;
      decided();
    }
    return layout;
  }

  /**
   * Puts numbers that already lie in the engine, in the portable layout, into the one that was just
   * decided on.
   */
  protected void decided() {}
}
