package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.IValue;
import io.github.jvae.backend.support.SplitPrograms;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A recorded computation for one combination of input shapes: a script and what it is run with. Its
 * input arrays live as long as it does and are written anew for each run.
 */
final class CompiledTrace implements SplitPrograms.Part {
  private static final int ZEROS = -1;

  /** Where one result is among all the numbers the script returns, or {@link #ZEROS}. */
  private record Result(int offset, Shape shape) {}

  private final Script script;
  private final Memory memory;
  private final List<StoredVariable> differentiated;
  private final List<NDArray> inputs = new ArrayList<>();
  private final List<FloatBuffer> feeds = new ArrayList<>();
  private final List<Runnable> blockCalls = new ArrayList<>();
  private final List<NDArray> owned = new ArrayList<>();
  private final List<Supplier<NDArray>> arguments = new ArrayList<>();

  /** The same as PyTorch's values, of which a run without gradients makes none. */
  private final List<Supplier<IValue>> values = new ArrayList<>();

  private final List<IValue> ownedValues = new ArrayList<>();
  private IValue[] passed = {};
  private boolean takesLists;
  private final List<Result> results = new ArrayList<>();
  private long products;
  private int numbers;
  private List<HostTensor> outputs = List.of();
  private NDList more = new NDList();

  /** @param differentiated the variables of which the script takes gradients */
  CompiledTrace(Script script, Memory memory, List<StoredVariable> differentiated) {
    this.script = script;
    this.memory = memory;
    this.differentiated = List.copyOf(differentiated);
  }

  /** The variables of which the script takes gradients. */
  List<StoredVariable> differentiated() {
    return differentiated;
  }

  /** The next argument is written before each run. */
  void input(NDArray array) {
    inputs.add(array);
    feeds.add(Memory.view(array));
    constant(array);
  }

  /** The next argument stays as it is. */
  void constant(NDArray array) {
    owned.add(array);
    arguments.add(() -> array);
    if (differentiated.isEmpty()) {
      IValue value = memory.value(array);
      ownedValues.add(value);
      values.add(() -> value);
    }
  }

  /** The next argument is what a block makes of an input before each run. */
  void blockCall(BlockCall call, int input, NDArray array) {
    NDArray from = inputs.get(input);
    blockCalls.add(() -> call.run(from, array));
    constant(array);
  }

  /** The next argument is a variable. */
  void variable(StoredVariable variable) {
    arguments.add(() -> named(variable.array(), null));
    if (differentiated.isEmpty()) {
      variable.prepareValue();
      values.add(variable::value);
    }
  }

  /** The next argument, if it is not this list yet, is a list of variables: this and more. */
  void variable(StoredVariable variable, String list) {
    String name = inList(list);
    takesLists = true;
    arguments.add(() -> named(variable.array(), name));
  }

  /** The name by which DJL gathers arrays in one argument, a list. */
  static String inList(String list) {
    return list + "[]";
  }

  /** Returns the array under a name, as what it is given to. */
  static NDArray named(NDArray array, @Nullable String name) {
    array.setName(name);
    return array;
  }

  /** The next of the numbers the script returns are a result of this shape. */
  void result(Shape shape) {
    results.add(new Result(numbers, shape));
    numbers += shape.size();
  }

  /** A result that is always zero. */
  void zeros(Shape shape) {
    results.add(new Result(ZEROS, shape));
  }

  /** Says how many numbers the networks of a run multiply. */
  void multiplies(long count) {
    products = count;
  }

  @Override
  public long products() {
    return products;
  }

  @Override
  public void write(int input, float[] numbers, int from) {
    FloatBuffer feed = feeds.get(input);
    feed.put(0, numbers, from, feed.capacity());
  }

  @Override
  public void run(int threads) {
    PyTorch.useThreads(threads);
    if (!more.isEmpty()) {
      // Of a run whose other parts failed.
      takeMore().close();
    }
    for (int i = 0; i < blockCalls.size(); i++) {
      blockCalls.get(i).run();
    }
    if (differentiated.isEmpty() && !takesLists) {
      read(compute());
    } else {
      NDList list = new NDList(arguments.size());
      arguments.forEach(argument -> list.add(argument.get()));
      more = script.run(!differentiated.isEmpty(), list);
      read(more.remove(0));
    }
  }

  private NDArray compute() {
    if (passed.length == 0) {
      passed = new IValue[values.size()];
    }
    for (int i = 0; i < passed.length; i++) {
      passed[i] = values.get(i).get();
    }
    return script.compute(memory.manager(), passed);
  }

  private void read(NDArray result) {
    try (result) {
      FloatBuffer view = Memory.view(result);
      List<HostTensor> read = new ArrayList<>(results.size());
      for (int i = 0; i < results.size(); i++) {
        read.add(read(view, results.get(i)));
      }
      outputs = read;
    }
  }

  @Override
  public List<HostTensor> outputs() {
    return outputs;
  }

  /** Returns what the last run returned beside the outputs; the caller closes it. */
  NDList takeMore() {
    NDList taken = more;
    more = new NDList();
    return taken;
  }

  private static HostTensor read(FloatBuffer view, Result part) {
    HostTensor result = HostTensor.zeros(part.shape());
    if (part.offset() != ZEROS) {
      view.get(part.offset(), result.data());
    }
    return result;
  }

  @Override
  public void close() {
    takeMore().close();
    script.close();
    ownedValues.forEach(memory::close);
    ownedValues.clear();
    owned.forEach(NDArray::close);
    owned.clear();
    inputs.clear();
  }
}
