package io.github.jvae.backend.support;

/**
 * How long the threads of GNU OpenMP spin while they wait for each other, before they sleep. Left
 * to itself it lets them spin for milliseconds, and where another program takes a core, each waits
 * that long for a thread that does not run: operations take ten times as long.
 */
public final class SpinCount {
  private static final String NAME = "GOMP_SPINCOUNT";

  /**
   * Rounds and no time; a fraction of a millisecond, as lies between two operations at most. With
   * fewer they sleep between two operations, which costs a quarter of the speed.
   */
  private static final String VALUE = "10000";

  /** Decides the same in OpenMP's own words, and would be overruled by the count. */
  private static final String POLICY = "OMP_WAIT_POLICY";

  private SpinCount() {}

  /**
   * Sets it for native libraries that are loaded from now on, unless the user has decided. Only on
   * Linux: elsewhere engines are built with another OpenMP. Where it cannot be set, things are
   * slower at worst, so nothing is said.
   */
  public static void limit() {
    NativeEnvironment.prefer(NAME, VALUE, POLICY);
  }
}
