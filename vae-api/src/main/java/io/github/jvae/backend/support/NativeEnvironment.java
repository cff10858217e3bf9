package io.github.jvae.backend.support;

import com.sun.jna.Library;
import org.jspecify.annotations.Nullable;

/**
 * Variables of this process's environment that native code reads as it is loaded, and has no
 * function to set. Java cannot set them: {@link System#getenv} is a copy of the environment that
 * Java started with.
 */
public final class NativeEnvironment {
  /** The functions of the C library that see and change what native code gets to see. */
  private interface Variables extends Library {
    @Nullable
    String getenv(String name);

    int setenv(String name, String value, int overwrite);
  }

  private NativeEnvironment() {}

  /**
   * Sets a variable for native libraries that are loaded from now on, unless the user has decided.
   * Only on Linux; where it cannot be set, nothing is said.
   *
   * @param others variables by which the user decides the same
   */
  public static void prefer(String name, String value, String... others) {
    CLibrary.attempt(() -> {
      Variables environment = CLibrary.load(Variables.class);
      for (String other : others) {
        if (environment.getenv(other) != null) {
          return;
        }
      }
      environment.setenv(name, value, 0);
    });
  }
}
