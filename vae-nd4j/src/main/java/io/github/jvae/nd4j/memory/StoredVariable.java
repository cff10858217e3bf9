package io.github.jvae.nd4j.memory;

import io.github.jvae.backend.support.EngineVariable;
import io.github.jvae.tensor.HostTensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A variable: a part of the memory of all, which every computation reads in place. */
public final class StoredVariable extends EngineVariable {
  private final Runnable settling;

  /** The value in the portable layout, as long as it has no place in memory yet. */
  private float @Nullable [] waiting;

  private @Nullable Memory memory;

  /** @param settling gives it its place, when that is first needed */
  StoredVariable(HostTensor value, Runnable settling) {
    super(value.shape());
    this.settling = settling;
    this.waiting = value.data().clone();
  }

  /** It may have got its place, in portable order, beside one that a computation read before. */
  @Override
  protected void decided() {
    if (memory != null) {
      memory.write(layout().toStored(memory.read()));
    }
  }

  boolean isSettled() {
    return memory != null;
  }

  void settle(Memory place) {
    place.write(layout().toStored(Objects.requireNonNull(waiting)));
    memory = place;
    waiting = null;
  }

  /** Returns where the numbers are, in the layout they are stored in. */
  public Memory memory() {
    if (memory == null) {
      settling.run();
    }
    return Objects.requireNonNull(memory);
  }

  /** Sets the value, from the portable layout. */
  void write(float[] portableValue) {
    if (memory == null) {
      waiting = portableValue.clone();
    } else {
      memory.write(layout().toStored(portableValue));
    }
  }

  /** The value, in the portable layout; a copy. */
  HostTensor read() {
    return HostTensor.of(
        shape(),
        memory == null
            ? Objects.requireNonNull(waiting).clone()
            : layout().toPortable(memory.read()));
  }
}
