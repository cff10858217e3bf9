package io.github.jvae.nd4j.operation;

import io.github.jvae.nd4j.engine.Engine;
import io.github.jvae.nd4j.kernel.Kernel;
import io.github.jvae.nd4j.record.Operation;
import io.github.jvae.nd4j.record.Value;
import java.util.List;
import org.nd4j.nativeblas.OpaqueContext;

/** An operation of ND4J, told once of its operands, results and settings. */
abstract class NativeOperation extends Operation {
  private final String name;
  private final long[] settings;

  /**
   * @param name ND4J's
   * @param settings ND4J's integer arguments
   */
  NativeOperation(String name, long[] settings, List<Value> operands, List<Value> results) {
    super(operands, results);
    this.name = name;
    this.settings = settings.clone();
  }

  @Override
  public Kernel prepare(Placement placement) {
    return new Call(Engine.get(), placement);
  }

  private final class Call implements Kernel {
    private final Engine engine;
    private final long hash;
    private final OpaqueContext context;

    Call(Engine engine, Placement placement) {
      this.engine = engine;
      this.hash = engine.hash(name);
      this.context = engine.newContext();
      try {
        describe(placement);
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    private void describe(Placement placement) {
      for (int i = 0; i < operands().size(); i++) {
        Value operand = operand(i);
        engine.operand(context, i, placement.memory(operand), operand.shape());
      }
      for (int i = 0; i < results().size(); i++) {
        Value result = results().get(i);
        engine.result(context, i, placement.memory(result), result.shape());
      }
      engine.integers(context, settings);
    }

    @Override
    public void run() {
      engine.execute(name, hash, context);
    }

    @Override
    public void close() {
      engine.delete(context);
    }
  }
}
