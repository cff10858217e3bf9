package io.github.jvae.backend.support;

import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a computation for one combination of input shapes: one, and as many more as
 * threads have been found to want at once.
 *
 * @param <R> what an engine makes of a computation
 */
final class Programs<R> {
  private final List<Shape> shapes;
  private final List<R> all = new ArrayList<>();
  private final Deque<R> idle = new ArrayDeque<>();
  private boolean wanted;

  Programs(List<Shape> shapes, R first) {
    this.shapes = List.copyOf(shapes);
    add(first);
  }

  void add(R program) {
    all.add(program);
    idle.addLast(program);
    wanted = false;
  }

  /** Returns the first that was made. */
  R first() {
    return all.get(0);
  }

  List<R> all() {
    return Collections.unmodifiableList(all);
  }

  /** Returns whether these are for such inputs. */
  boolean areFor(HostTensor... values) {
    if (values.length != shapes.size()) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!values[i].shape().equals(shapes.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns one that nobody runs, to be given back; null if there is none. */
  @Nullable
  R take() {
    R taken = idle.pollLast();
    wanted |= taken == null;
    return taken;
  }

  void giveBack(R program) {
    idle.addLast(program);
  }

  /** Returns whether one more would have been run by now, and may be made. */
  boolean wantsMore() {
    return wanted && all.size() < Lifecycle.lanes();
  }
}
