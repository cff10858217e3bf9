package io.github.jvae.backend.support;

import com.sun.jna.Library;
import org.jspecify.annotations.Nullable;

/**
 * How long the threads of GNU OpenMP spin while they wait for each other, before they sleep. Left
 * to itself it lets them spin for milliseconds, and where another program takes a core, each waits
 * that long for a thread that does not run: operations take ten times as long.
 *
 * <p>The library reads it from the environment as it is loaded, and has no function to set it. So
 * it is set in the environment of this process, before an engine loads its own copy of the library.
 * Java cannot do that: {@link System#getenv} is a copy of the environment that Java started with.
 */
public final class SpinCount {
  static final String NAME = "GOMP_SPINCOUNT";

  /**
   * Rounds and no time; a fraction of a millisecond, as lies between two operations at most. With
   * fewer they sleep between two operations, which costs a quarter of the speed.
   */
  static final String VALUE = "10000";

  /** Decides the same in OpenMP's own words, and would be overruled by the count. */
  static final String POLICY = "OMP_WAIT_POLICY";

  /** The functions of the C library that see and change what native code gets to see. */
  interface Environment extends Library {
    @Nullable
    String getenv(String name);

    int setenv(String name, String value, int overwrite);
  }

  private SpinCount() {}

  /**
   * Sets it for native libraries that are loaded from now on, unless the user has decided. Only on
   * Linux: elsewhere engines are built with another OpenMP. Where it cannot be set, things are
   * slower at worst, so nothing is said.
   */
  public static void limit() {
    CLibrary.attempt(() -> limit(CLibrary.load(Environment.class)));
  }

  static void limit(Environment environment) {
    if (environment.getenv(NAME) == null && environment.getenv(POLICY) == null) {
      environment.setenv(NAME, VALUE, 0);
    }
  }
}
