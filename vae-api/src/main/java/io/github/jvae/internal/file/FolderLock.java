package io.github.jvae.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two who fill the same folder, in this program or in another one, from writing the same
 * files: the second waits, and then finds them there.
 */
public final class FolderLock implements AutoCloseable {
  /** Locks of the operating system hold between processes only, not between threads. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock threadLock;
  private final FileChannel channel;
  private final @Nullable FileLock fileLock;

  private FolderLock(ReentrantLock threadLock, FileChannel channel, @Nullable FileLock fileLock) {
    this.threadLock = threadLock;
    this.channel = channel;
    this.fileLock = fileLock;
  }

  /**
   * Waits until nobody else holds the lock.
   *
   * @param file a file made for the purpose; it stays, as removing it would race
   * @throws IOException if it cannot be made
   */
  public static FolderLock acquire(Path file) throws IOException {
    ReentrantLock threadLock =
        THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), key -> new ReentrantLock());
    threadLock.lock();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new FolderLock(threadLock, channel, lock(channel));
    } catch (IOException e) {
      threadLock.unlock();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) {
    try {
      return channel.lock();
    } catch (IOException e) {
      // Some network file systems have no locks; there two writers are at least rare.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    try (FileChannel closing = channel) {
      if (fileLock != null && closing.isOpen()) {
        fileLock.release();
      }
    } finally {
      threadLock.unlock();
    }
  }
}
