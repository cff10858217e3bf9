package io.github.jvae.djl;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
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
    boolean before = PyTorch.gradients(withGradients);
    PyTorch.optimizeScripts(false);
    try {
      return IValueUtils.forward(block, arguments, withGradients);
    } catch (EngineException e) {
      throw DjlFault.inScript("run", text, e);
    } finally {
      PyTorch.optimizeScripts(true);
      PyTorch.gradients(before);
    }
  }

  @Override
  public void close() {
    block.close();
  }
}
