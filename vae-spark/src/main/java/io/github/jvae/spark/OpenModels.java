package io.github.jvae.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The models that the tasks of this process have open: one engine for each model, however many
 * tasks use it. A model that no task uses stays open for the next one, as opening an engine takes
 * seconds; of those, the {@value #MOST_IDLE} used last. What is left is closed when the process
 * ends.
 */
final class OpenModels {
  private static final int MOST_IDLE = 2;
  private static final OpenModels ALL = new OpenModels();

  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private OpenModels() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeIdle, "jvae-close-models"));
  }

  /** A model of this content, whoever holds it, on this engine. */
  private record Key(String digest, EngineChoice engine) {}

  /** Guarded by itself while it opens, and by the map for the rest. */
  private static final class Entry {
    private int users;
    private @Nullable OpenModel model;

    synchronized OpenModel open(Supplier<OpenModel> opening) {
      OpenModel present = model;
      if (present == null) {
        present = opening.get();
        model = present;
      }
      return present;
    }

    synchronized void close() {
      if (model != null) {
        model.close();
        model = null;
      }
    }
  }

  /** A task's use of a model, to be closed with the task; closing twice does nothing. */
  static final class Lease implements AutoCloseable {
    private final Entry entry;
    private final OpenModel model;
    private boolean closed;

    private Lease(Entry entry, OpenModel model) {
      this.entry = entry;
      this.model = model;
    }

    OpenModel model() {
      return model;
    }

    @Override
    public void close() {
      ALL.release(this);
    }
  }

  /**
   * Returns a model, opened unless it is.
   *
   * @param content is asked for where the model is not open
   * @throws io.github.jvae.error.VaeException if it cannot be opened
   */
  static Lease lease(String digest, EngineChoice engine, Supplier<ModelContent> content) {
    return ALL.take(new Key(digest, engine), () -> OpenModel.of(content.get(), engine));
  }

  /** Returns how many models are open, for tests. */
  static int open() {
    synchronized (ALL.entries) {
      return ALL.entries.size();
    }
  }

  private Lease take(Key key, Supplier<OpenModel> opening) {
    Entry entry;
    synchronized (entries) {
      entry = entries.computeIfAbsent(key, k -> new Entry());
      entry.users++;
    }
    try {
      return new Lease(entry, entry.open(opening));
    } catch (RuntimeException | Error e) {
      synchronized (entries) {
        entry.users--;
        entries.values().removeIf(other -> other == entry && entry.users == 0);
      }
      throw e;
    }
  }

  private void release(Lease lease) {
    List<Entry> surplus = new ArrayList<>();
    synchronized (entries) {
      if (lease.closed) {
        return;
      }
      lease.closed = true;
      lease.entry.users--;
      List<Entry> idle =
          entries.values().stream().filter(entry -> entry.users == 0).toList();
      surplus.addAll(idle.subList(0, Math.max(0, idle.size() - MOST_IDLE)));
      entries.values().removeAll(surplus);
    }
    surplus.forEach(Entry::close);
  }

  private void closeIdle() {
    List<Entry> idle;
    synchronized (entries) {
      idle = entries.values().stream().filter(entry -> entry.users == 0).toList();
      entries.values().removeAll(idle);
    }
    idle.forEach(Entry::close);
  }
}
