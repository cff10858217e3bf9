package io.github.jvae.backend.support;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What glibc does with memory that native code frees, for backends whose engine allocates in each
 * step. Left to itself it gives large blocks back to the system, at once or now and then, and the
 * next operation's result begins with memory that the system must clear page by page: training a
 * convolutional model takes up to twice as long.
 *
 * <p>So it is told to keep what is freed for the next allocation. A process then holds on to the
 * most memory that it has needed so far, which is what training needs anyway; until its last
 * backend closes, with which all that is free goes back to the system. That takes half a
 * millisecond.
 */
public final class FreedMemory {
  /** Blocks from this size on are given back when they are freed; of mallopt. */
  static final int MMAP_THRESHOLD = -3;

  /** From this much free memory at the end of the heap on, it is given back; of mallopt. */
  static final int TRIM_THRESHOLD = -1;

  static final int KEPT_BLOCK = 1 << 30;

  /** What a glibc takes that does not take every number. */
  static final int MOST_OF_OLD_GLIBC = 32 << 20;

  /** By any of which the user decides. */
  static final List<String> VARIABLES =
      List.of("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES");

  /** The functions of the C library that decide it. */
  interface Allocator extends Library {
    @Nullable
    String getenv(String name);

    /** Sets a parameter; 0 if it does not take the value. */
    int mallopt(int parameter, int value);

    /** Gives what is free back to the system, but for so many bytes at the end of the heap. */
    int malloc_trim(NativeLong kept);
  }

  private static final AtomicInteger OPEN = new AtomicInteger();

  private FreedMemory() {}

  /**
   * Has it kept, unless the user has decided. Only on Linux; where it cannot be set, things are
   * slower at worst, so nothing is said.
   */
  public static void keep() {
    CLibrary.attempt(() -> keep(allocator()));
  }

  static void keep(Allocator allocator) {
    if (VARIABLES.stream().anyMatch(name -> allocator.getenv(name) != null)) {
      return;
    }
    if (allocator.mallopt(MMAP_THRESHOLD, KEPT_BLOCK) == 0) {
      allocator.mallopt(MMAP_THRESHOLD, MOST_OF_OLD_GLIBC);
    }
    allocator.mallopt(TRIM_THRESHOLD, Integer.MAX_VALUE);
  }

  /** A backend of this process is ready to compute. */
  public static void opened() {
    OPEN.incrementAndGet();
  }

  /**
   * A backend that was opened has let go of all its memory. With the last one of the process the
   * system gets back what was kept for their next steps.
   */
  public static void closed() {
    if (OPEN.decrementAndGet() == 0) {
      CLibrary.attempt(() -> allocator().malloc_trim(new NativeLong(0)));
    }
  }

  static Allocator allocator() {
    return CLibrary.load(Allocator.class);
  }
}
