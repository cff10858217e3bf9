package io.github.jvae.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A script that PyTorch has loaded. */
final class Script implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Script.class);

  private final ScriptText text;
  private final PtSymbolBlock block;

  private Script(ScriptText text, PtSymbolBlock block) {
    this.text = text;
    this.block = block;
  }

  /** @throws io.github.jvae.error.VaeException if PyTorch rejects the source */
  static Script load(NDManager manager, ScriptText text) {
    LOG.debug("loading a script:\n{}", text);
    try {
      return new Script(text, PyTorch.load(manager, ScriptArchive.of(text)));
    } catch (EngineException e) {
      throw DjlFault.inScript("load", text, e);
    }
  }

  /**
   * Runs the script once.
   *
   * @param withGradients whether it takes gradients: else PyTorch notes nothing down for them
   * @param arguments at least one
   * @return the results, which the caller closes
   * @throws io.github.jvae.error.VaeException if PyTorch fails
   */
  NDList run(boolean withGradients, NDList arguments) {
    boolean before = begin(withGradients);
    try {
      return IValueUtils.forward(block, arguments, withGradients);
    } catch (EngineException e) {
      throw DjlFault.inScript("run", text, e);
    } finally {
      end(before);
    }
  }

  /**
   * Runs the script once, without gradients. To make PyTorch's values of arrays takes a good part
   * of the time of a small run, so that here they are kept from one to the next.
   *
   * @param owner of the result
   * @param arguments at least one, which the caller keeps
   * @return the only result, which the caller closes
   * @throws io.github.jvae.error.VaeException if PyTorch fails
   */
  NDArray compute(NDManager owner, IValue... arguments) {
    boolean before = begin(false);
    try (IValue result = IValueUtils.forward(block, arguments)) {
      return result.toTensor((PtNDManager) owner);
    } catch (EngineException e) {
      throw DjlFault.inScript("run", text, e);
    } finally {
      end(before);
    }
  }

  private static boolean begin(boolean withGradients) {
    boolean before = PyTorch.gradients(withGradients);
    PyTorch.optimizeScripts(false);
    return before;
  }

  private static void end(boolean gradients) {
    PyTorch.optimizeScripts(true);
    PyTorch.gradients(gradients);
  }

  @Override
  public void close() {
    block.close();
  }
}
