package io.github.jvae.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.jvae.backend.Optimizer;
import io.github.jvae.backend.OptimizerSlot;
import io.github.jvae.backend.support.BatchSplit;
import io.github.jvae.backend.support.ParallelRun;
import io.github.jvae.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Adds up the gradients of the parts of a batch and moves the variables by them. Threads share the
 * variables among them; only where the length of all gradients together has to be known first, one
 * moves all.
 */
final class SplitUpdate implements AutoCloseable {
  private final int parts;
  private final List<Share> shares = new ArrayList<>();
  private final ParallelRun all;
  private List<NDList> gradients = List.of();
  private float rate;
  private float step;
  private float norm;

  /**
   * @param memory where scripts are loaded
   * @param slots what the optimizer keeps of variables
   * @param targets the variables, in the order in which parts return their gradients
   * @param parts of a batch, which also are the threads
   */
  SplitUpdate(
      Memory memory,
      Optimizer optimizer,
      SlotArrays slots,
      List<StoredVariable> targets,
      int parts) {
    this.parts = parts;
    for (List<Integer> places : places(targets, optimizer.limits().needNorm() ? 1 : parts)) {
      shares.add(new Share(memory, optimizer, slots, targets, places));
    }
    this.all = new ParallelRun(shares, BatchSplit.AWAKE);
  }

  /** Places of targets, divided so that each thread has about as many numbers. */
  private static List<List<Integer>> places(List<StoredVariable> targets, int threads) {
    List<List<Integer>> divided = new ArrayList<>();
    int[] load = new int[threads];
    IntStream.range(0, threads).forEach(thread -> divided.add(new ArrayList<>()));
    IntStream.range(0, targets.size())
        .boxed()
        .sorted(Comparator.comparing(place -> -size(targets.get(place))))
        .forEach(place -> {
          int idlest = IntStream.range(0, threads)
              .boxed()
              .min(Comparator.comparing(thread -> load[thread]))
              .orElse(0);
          divided.get(idlest).add(place);
          load[idlest] += size(targets.get(place));
        });
    return divided.stream().filter(share -> !share.isEmpty()).toList();
  }

  private static int size(StoredVariable target) {
    return target.shape().size();
  }

  /**
   * Moves all variables, unless the step is skipped.
   *
   * @param ofParts the gradients of each part, which are closed
   * @return the norm of all gradients together if the optimizer has limits, else 0
   */
  float run(List<NDList> ofParts, double learningRate, long newStep) {
    gradients = ofParts;
    rate = (float) learningRate;
    step = (float) newStep;
    try {
      all.run();
      return norm;
    } finally {
      gradients = List.of();
      ofParts.forEach(NDList::close);
    }
  }

  private static String gradientsOf(int part) {
    return "gradients" + part;
  }

  @Override
  public void close() {
    shares.forEach(Share::close);
  }

  /** Some of the targets, and the script that moves them. */
  private final class Share implements Runnable, AutoCloseable {
    private final List<StoredVariable> targets;
    private final List<Integer> places;

    /** By slot, in the order of the targets: found beforehand, as threads run side by side. */
    private final Map<OptimizerSlot, List<StoredVariable>> kept = new LinkedHashMap<>();

    /** Whether the norm is computed: there is one share alone then. */
    private final boolean measures;

    private final Script script;
    private final NDArray rateAndStep;
    private final FloatBuffer feed;

    Share(
        Memory memory,
        Optimizer optimizer,
        SlotArrays slots,
        List<StoredVariable> all,
        List<Integer> places) {
      this.targets = places.stream().map(all::get).toList();
      this.places = List.copyOf(places);
      this.measures = optimizer.limits().needNorm();
      for (OptimizerSlot slot : optimizer.slots()) {
        kept.put(slot, targets.stream().map(target -> slots.of(slot, target)).toList());
      }
      ScriptText text = new ScriptText().addArgument(OptimizerLines.RATE_AND_STEP);
      text.addListArgument(ScriptWriter.TRAINED);
      optimizer.slots().forEach(slot -> text.addListArgument(OptimizerLines.list(slot)));
      IntStream.range(0, parts).forEach(part -> text.addListArgument(gradientsOf(part)));
      for (int part = 1; part < parts; part++) {
        text.add("sum", "torch._foreach_add_(" + gradientsOf(0) + ", " + gradientsOf(part) + ")");
      }
      if (measures) {
        OptimizerLines.addNorm(text, gradientsOf(0));
      }
      OptimizerLines.add(text, optimizer, gradientsOf(0), places.size());
      text.addReturn(measures ? OptimizerLines.NORM : "torch.zeros([1])");
      this.script = memory.load(text);
      this.rateAndStep = memory.allocate(Shape.of(2));
      this.feed = Memory.view(rateAndStep);
    }

    @Override
    public void run() {
      PyTorch.useThreads(1);
      feed.put(0, rate);
      feed.put(1, step);
      NDList arguments = new NDList();
      arguments.add(rateAndStep);
      targets.forEach(target -> add(arguments, target.array(), ScriptWriter.TRAINED));
      kept.forEach((slot, variables) -> variables.forEach(
          variable -> add(arguments, variable.array(), OptimizerLines.list(slot))));
      for (int part = 0; part < parts; part++) {
        for (int place : places) {
          add(arguments, gradients.get(part).get(place), gradientsOf(part));
        }
      }
      try (NDList result = script.run(false, arguments)) {
        if (measures) {
          norm = Memory.view(result.get(0)).get(0);
        }
      }
    }

    private static void add(NDList arguments, NDArray array, String list) {
      arguments.add(CompiledTrace.named(array, CompiledTrace.inList(list)));
    }

    @Override
    public void close() {
      script.close();
      rateAndStep.close();
    }
  }
}
