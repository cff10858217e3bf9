package io.github.jvae.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptLoader;
import io.github.jvae.backend.BackendInfo;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.support.FreedMemory;
import io.github.jvae.backend.support.SpinCount;
import io.github.jvae.error.BackendException;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.file.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch in this process: how it is started and what is set for a whole process or thread.
 *
 * <p>DJL's own interface has neither numbers of threads nor, outside of its collector of gradients,
 * which is one per process, a way to turn gradients on. So this class calls {@link JniUtils}, which
 * is public but internal. Checked with DJL 0.35.1.
 */
final class PyTorch {
  private static final String OFFLINE = "ai.djl.offline";
  private static final String NO_TELEMETRY = "OPT_OUT_TRACKING";
  private static final String THREADS_BETWEEN = "ai.djl.pytorch.num_interop_threads";

  private static @Nullable PyTorch started;

  private final String version;
  private final int threads;
  private final boolean oneDnnProducts;

  private PyTorch(Engine engine) {
    this.version = engine.getVersion();
    this.threads = JniUtils.getNumThreads();
    this.oneDnnProducts = findsOneDnnProducts();
  }

  /**
   * Returns whether oneDNN's products are to be found: not on Arm, where PyTorch's own products are
   * those of the processor's maker.
   */
  private static boolean findsOneDnnProducts() {
    String processor = System.getProperty("os.arch", "");
    if (!processor.equals("amd64") && !processor.equals("x86_64")) {
      return false;
    }
    ScriptText text = new ScriptText().addArgument("a");
    text.addReturn(DenseProduct.code("a", "a", "None"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), PtEngine.ENGINE_NAME);
        PtSymbolBlock block = load(manager, ScriptArchive.of(text))) {
      return block != null;
    } catch (EngineException e) {
      return false;
    }
  }

  /**
   * Starts PyTorch unless it runs already. By default DJL would report its use and download what it
   * misses; it does neither unless a user has set its own properties so.
   *
   * @throws VaeException if it does not start
   */
  static synchronized PyTorch start() {
    if (started == null) {
      setDefault(OFFLINE, "true");
      setDefault(NO_TELEMETRY, "true");
      setDefault(THREADS_BETWEEN, "1");
      NativeLibrary.FOLDER.secure(NativeLibrary::cache);
      SpinCount.limit();
      FreedMemory.keep();
      try {
        started = new PyTorch(alone(() -> Engine.getEngine(PtEngine.ENGINE_NAME)));
      } catch (RuntimeException | LinkageError | AssertionError e) {
        throw notStarted(e);
      }
    }
    return started;
  }

  /**
   * Loads PyTorch while no other process does. DJL unpacks into the folder whose every file it then
   * loads, so two that start at once would load each other's half-written files.
   */
  private static Engine alone(Supplier<Engine> loading) {
    FolderLock lock;
    try {
      lock = FolderLock.acquire(Files.createDirectories(NativeLibrary.cache()).resolve(".lock"));
    } catch (IOException e) {
      // Nobody unpacks into a folder that cannot be written.
      return loading.get();
    }
    try {
      return loading.get();
    } finally {
      release(lock);
    }
  }

  private static void release(FolderLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the process.
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static VaeException notStarted(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    Path cache = NativeLibrary.cache();
    String reason = NativeLibrary.isWritable(cache)
        ? String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
        : "DJL unpacks it into the folder " + cache
            + ", which cannot be written; set DJL_CACHE_DIR to one that can";
    return new BackendException("PyTorch's native library cannot be loaded: " + reason, e);
  }

  BackendInfo info(BackendOptions options, String device) {
    return new BackendInfo(
        DjlModule.NAME,
        "PyTorch " + version,
        "DJL " + Engine.getDjlVersion(),
        device,
        threads(options));
  }

  /** The threads of one operation: those asked for, or as many as PyTorch chose at first. */
  int threads(BackendOptions options) {
    return options.threads() > 0 ? options.threads() : threads;
  }

  /** Whether the PyTorch that runs has {@link DenseProduct}'s operation. */
  static synchronized boolean hasOneDnnProducts() {
    return started != null && started.oneDnnProducts;
  }

  /**
   * Lets operations that this thread starts use so many threads. To PyTorch the number belongs to
   * the thread that calls, so backends with different numbers do not disturb each other.
   */
  static void useThreads(int threads) {
    if (JniUtils.getNumThreads() != threads) {
      JniUtils.setNumThreads(threads);
    }
  }

  /** Turns the noting down of gradients on or off, for this thread; returns what was. */
  static boolean gradients(boolean on) {
    boolean before = JniUtils.isGradMode();
    if (before != on) {
      JniUtils.setGradMode(on);
    }
    return before;
  }

  /**
   * Turns PyTorch's optimizer of scripts on or off, for this thread; on is its default. It makes
   * nothing here faster, but it makes of a script another one after the first runs, which rounds
   * differently: training that resumes would not repeat every bit.
   */
  static void optimizeScripts(boolean on) {
    JniUtils.setGraphExecutorOptimize(on);
  }

  /** Loads a script archive; the block belongs to the manager. */
  static PtSymbolBlock load(NDManager manager, byte[] archive) {
    return new PtSymbolBlock((PtNDManager) manager, ScriptLoader.load(archive));
  }
}
