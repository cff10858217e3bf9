package ai.djl.pytorch.jni;

import java.io.ByteArrayInputStream;

/**
 * Loads TorchScript archives from memory.
 *
 * <p>In DJL's package because the call is private to it. What DJL offers for the purpose takes a
 * fresh buffer of 4 MB for each archive, so that whoever compiles many small scripts makes the heap
 * grow by hundreds of megabytes, or leaves an empty folder behind for each. Checked with DJL
 * 0.35.1.
 */
public final class ScriptLoader {
  private static final int CPU = 0;
  private static final int ANY_CPU = -1;
  private static final long TO_THE_END = -1;

  private ScriptLoader() {}

  /**
   * Loads an archive onto the processor.
   *
   * @return the module's handle, which the caller deletes
   */
  public static long load(byte[] archive) {
    return PyTorchLibrary.LIB.moduleLoad(
        new ByteArrayInputStream(archive),
        new int[] {CPU, ANY_CPU},
        false,
        new byte[archive.length],
        TO_THE_END);
  }
}
