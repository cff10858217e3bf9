package io.github.jvae.checkpoint;

import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a model folder, which one thread of one process has at a time: two
 * trainings into one folder would each end with "saved", and one model would be gone. The thread
 * that has it may ask for it again, as the saves of a training do.
 *
 * <p>Between processes an operating system's lock stands for it, on a file that is there only
 * meanwhile. A process that is killed leaves the file, and frees the lock.
 */
public final class FolderOwner implements AutoCloseable {
  /** The file that is locked. */
  static final String LOCK = ".writer-lock";

  private static final int MOST_BYTES = 1 << 16;

  /** By lock file; itself the monitor, as locks of the system do not hold between threads. */
  private static final Map<Path, Holding> HELD = new HashMap<>();

  /** What the one thread has, and how often it has asked for it. */
  private static final class Holding {
    private final Thread thread = Thread.currentThread();
    private final FileChannel channel;
    private int times;

    Holding(FileChannel channel) {
      this.channel = channel;
    }
  }

  private final Path file;
  private boolean closed;

  private FolderOwner(Path file) {
    this.file = file;
  }

  /**
   * Takes the right, without waiting for it.
   *
   * @param folder that is there
   * @throws VaeException if another thread or process has it
   * @throws IOException if the folder cannot be written
   */
  static FolderOwner of(Path folder) throws IOException {
    // Of the folder itself: a link to it leads to the same files.
    Path file = folder.toRealPath().resolve(LOCK);
    synchronized (HELD) {
      Holding holding = HELD.get(file);
      if (holding == null) {
        holding = hold(folder, file);
        HELD.put(file, holding);
      } else if (holding.thread != Thread.currentThread()) {
        throw taken(folder, "another training or save of this program");
      }
      holding.times++;
      return new FolderOwner(file);
    }
  }

  private static VaeException taken(Path folder, String by) {
    return new VaeException(Quote.path(folder) + " is being written to by " + by
        + "; wait until that has ended, or choose another folder");
  }

  private static Holding hold(Path folder, Path file) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      // It may use no file, and would leave this one behind.
      throw new ClosedByInterruptException();
    }
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean held = false;
      try {
        held = !lock(folder, channel) || isStillAt(file, channel);
        if (held) {
          return new Holding(channel);
        }
      } finally {
        if (!held) {
          channel.close();
        }
      }
    }
  }

  private static boolean lock(Path folder, FileChannel channel) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw taken(folder, "another training or save of this program");
    } catch (IOException e) {
      if (!channel.isOpen()) {
        throw e;
      }
      // Some network file systems have no locks; threads of this program still exclude each other.
      return false;
    }
    if (lock == null) {
      throw taken(folder, "another process, such as a training that is still going on");
    }
    return true;
  }

  /**
   * Whether the locked file is the one of that name, and not one that its last owner removed
   * between our opening and locking it. Told by a length of our own, because to open the file once
   * more and close it would free the lock on some systems.
   */
  private static boolean isStillAt(Path file, FileChannel channel) throws IOException {
    int length = ThreadLocalRandom.current().nextInt(1, MOST_BYTES);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(new byte[1]), length - 1L);
    return Files.exists(file) && Files.size(file) == length;
  }

  /** Gives the right back. Closing twice does nothing. */
  @Override
  public void close() {
    synchronized (HELD) {
      Holding holding = HELD.get(file);
      if (closed || holding == null) {
        return;
      }
      closed = true;
      if (--holding.times == 0) {
        HELD.remove(file);
        release(holding);
      }
    }
  }

  private void release(Holding holding) {
    // Removed while it is locked: nobody else can have locked it by then.
    AtomicFile.deleteQuietly(Disk.REAL, file);
    try {
      holding.channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest; what was written is on the disk.
    }
  }
}
