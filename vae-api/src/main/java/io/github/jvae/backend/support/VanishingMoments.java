package io.github.jvae.backend.support;

import io.github.jvae.backend.OptimizerSlot;

/**
 * How what an optimizer remembers and what fades away becomes zero, on every engine at the same
 * steps.
 *
 * <p>The moments of a weight that has no gradient any more, as behind a unit that died, shrink with
 * each step until they are denormal numbers, and stay that: the smallest, times 0.9, rounds to
 * itself. Processors take some hundred times as long on such numbers, so that training slows down
 * after about 800 steps, to half its pace on a dense model. Adding a constant and subtracting it
 * again rounds what is tiny beside it to zero or to a multiple of its last bit, and leaves all else
 * as it is.
 */
public final class VanishingMoments {
  private static final int EVERY = 64;

  /** Rounds to multiples of 4.8e-35, which do not become denormal before it is done again. */
  private static final float QUICK = 0x1p-91f;

  /** For what shrinks slowly: rounds to multiples of 2.4e-38. */
  private static final float SLOW = 0x1p-102f;

  private VanishingMoments() {}

  /** Returns what to add to the numbers of a slot and to subtract again. */
  public static float beside(OptimizerSlot slot) {
    return switch (slot) {
      case FIRST_MOMENT, VELOCITY -> QUICK;
      case SECOND_MOMENT, LARGEST_GRADIENT, AVERAGE -> SLOW;
    };
  }

  /**
   * Returns whether moments are to be rounded before or after this step.
   *
   * @param step counted from 1 since training began, also where it was resumed
   */
  public static boolean isDue(long step) {
    return step % EVERY == 0;
  }
}
