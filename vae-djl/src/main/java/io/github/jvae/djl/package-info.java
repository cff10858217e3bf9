/**
 * The backend on Deep Java Library's PyTorch.
 *
 * <p><b>How it computes.</b> A computation is recorded as the text of a TorchScript
 * ({@link io.github.jvae.djl.DjlTrace}), loaded from memory and called once per run. A step of
 * training is one such call with everything in it: loss, {@code torch.grad} and PyTorch's fused
 * Adam. Variables are arrays in PyTorch's memory that the script changes in place; kernels of
 * convolutions are kept with the channels innermost. The logger {@code io.github.jvae.djl.Script}
 * shows each script at level debug, with the component that recorded each line; a script that fails
 * is reported with both.
 *
 * <p><b>Native operations.</b> {@link io.github.jvae.djl.DjlTensor#unwrap} gives a tensor's value
 * in the script and {@link io.github.jvae.djl.DjlTrace#call} records any operation of PyTorch's on
 * it, with its gradient. Components that use them run on this backend only.
 *
 * <p><b>Networks of DJL.</b> An {@code ai.djl.nn.Block}, be it Java or a TorchScript module that
 * DJL loaded, is used through {@link io.github.jvae.djl.BlockEncoder}: frozen, with trained heads;
 * there is an example of a whole training. It cannot be trained here: its operations are calls of
 * DJL's that happen outside of the script, and a gradient is taken within it. To train it too,
 * describe it as an {@link io.github.jvae.model.Architecture} and write its weights as variables.
 *
 * <p><b>What is set for the process.</b> Unless their properties are set, DJL is told to stay
 * offline ({@code ai.djl.offline}), to report nothing ({@code OPT_OUT_TRACKING}) and to run one
 * operation at a time ({@code ai.djl.pytorch.num_interop_threads}); all this before the first of
 * its classes is loaded by this backend, so a program that uses DJL before sets them itself. DJL
 * unpacks PyTorch, 450 MB, into {@code ~/.djl.ai}; {@code DJL_CACHE_DIR} names another folder.
 *
 * <p><b>Threads.</b> To PyTorch the number of threads belongs to the Java thread that calls. Each
 * run sets its backend's number first, so backends with different numbers do not disturb each
 * other, in turns or at once; other uses of DJL in the same Java thread find the number of the last
 * run.
 *
 * <p><b>Precision.</b> {@link io.github.jvae.backend.Precision#BFLOAT16} rounds the operands of
 * matrix products and convolutions; sums within them, and all else, are in single precision.
 */
@NullMarked
package io.github.jvae.djl;

import org.jspecify.annotations.NullMarked;
