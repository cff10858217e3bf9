package io.github.jvae.nd4j;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.jspecify.annotations.Nullable;

/**
 * How long the threads of GNU OpenMP spin while they wait for each other, before they sleep. Left
 * to itself it lets them spin for milliseconds, and where another program takes a core, each waits
 * that long for a thread that does not run: operations take ten times as long.
 *
 * <p>The library reads it from the environment as it is loaded, and has no function to set it. So
 * it is set in the environment of this process, before ND4J loads its own copy of the library. Java
 * cannot do that: {@link System#getenv} is a copy of the environment that Java started with.
 */
final class SpinCount {
  static final String NAME = "GOMP_SPINCOUNT";

  /** Rounds and no time; a fraction of a millisecond, as lies between two operations at most. */
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
   * Linux: elsewhere ND4J is built with another OpenMP. Where it cannot be set, things are slower
   * at worst, so nothing is said.
   */
  static void limit() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      limit(environment());
    } catch (LinkageError e) {
      // JNA unpacks native code of its own, which a system may forbid.
    }
  }

  static void limit(Environment environment) {
    if (environment.getenv(NAME) == null && environment.getenv(POLICY) == null) {
      environment.setenv(NAME, VALUE, 0);
    }
  }

  static Environment environment() {
    return Native.load(Platform.C_LIBRARY_NAME, Environment.class);
  }
}
