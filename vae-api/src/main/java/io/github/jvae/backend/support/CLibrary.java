package io.github.jvae.backend.support;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** The C library of this process, which JNA reaches. */
final class CLibrary {
  private CLibrary() {}

  /**
   * Does something with it that makes things faster or smaller and is not needed else, on Linux
   * alone. Where it cannot be done nothing is said: JNA may be missing, it unpacks native code of
   * its own, which a system may forbid, and another C library than glibc lacks some functions.
   *
   * @param work what refers to JNA here and nowhere else, so that it fails here if that is missing
   */
  static void attempt(Runnable work) {
    NativeFolder.secureJna();
    try {
      if (Platform.isLinux()) {
        work.run();
      }
    } catch (LinkageError e) {
      // As said.
    }
  }

  /** Returns those of its functions that an interface declares. */
  static <L extends Library> L load(Class<L> functions) {
    return Native.load(Platform.C_LIBRARY_NAME, functions);
  }
}
