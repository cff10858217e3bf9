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
 * <p><b>Dense layers.</b> PyTorch multiplies matrices of single precision with MKL, which on
 * processors that are not Intel's leaves half of their speed unused: on a Zen 5 with two threads,
 * 784 x 400 weights and a batch of 128, the three products of a training step took 400, 380 and 420
 * µs by MKL and 220, 200 and 175 by the oneDNN that is in the same library. So larger dense layers
 * are oneDNN's here ({@code DenseProduct}), with gradients of our own around {@code torch.grad}
 * ({@code ScriptGradients}): the dense model's step went from 360 to 525 a second, and encoding
 * from 1,890 to 3,100 batches. A 1x1 convolution, which is oneDNN's too and has a gradient, gained
 * nothing: it reorders its operands.
 *
 * <p>What a step of that dense model takes since (sampled on the same machine, both threads): 47 %
 * oneDNN's products, which run at 220 to 260 GFLOP/s a thread, near what the processor can do; 8 %
 * fused Adam; 5 % MKL's products of the small layers; 6 % reserving and freeing memory; 3 % adding
 * up the gradients of the parts; the rest is some hundred small operations and the records that
 * {@code torch.grad} keeps of them, none above 2 %. ND4J's replay has nothing to match that last
 * share, hence its lead here (538 against 773 steps a second, medians of three rounds in turns).
 * Sending smaller layers to oneDNN too changed nothing. What is left to try is gradients written
 * out as operations of their own, without {@code torch.grad}.
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
 * unpacks PyTorch, 450 MB, into {@code ~/.djl.ai}; {@code DJL_CACHE_DIR} names another folder. A
 * folder that another user could change is not used
 * ({@link io.github.jvae.backend.support.NativeFolder}).
 *
 * <p>On Linux, glibc is told to keep the memory that is freed for the next step, unless a variable
 * of the environment decides that ({@code MALLOC_TRIM_THRESHOLD_} and the like): without it, the
 * convolutional model of {@code vae speed} took 10 to 13 steps a second instead of 14 to 23.
 *
 * <p>How long the threads of PyTorch's OpenMP spin for each other is limited from inside, too
 * ({@link io.github.jvae.backend.support.SpinCount}), unless the user's {@code GOMP_SPINCOUNT} or
 * {@code OMP_WAIT_POLICY} says otherwise: without it, operations take ten times as long where
 * another program takes a core.
 *
 * <p>A thread other than the first of a process has heaps of 64 MB from glibc, and what a step
 * needs beyond one is given back all the same. With large batches {@code MALLOC_ARENA_MAX=1} in the
 * environment helps: the convolutional model at a batch of 512 trained on 2,600 to 3,400 images a
 * second and not 1,700 to 2,200, the dense one at 8,192 on 64,000 to 77,000 and not 29,000 to
 * 70,000. At a batch of 128 the dense one lost a sixth to a third by it, so it is left to the user;
 * nor can it be set from within, as the thread that calls has its heap already.
 *
 * <p><b>Threads.</b> A batch is divided among threads where a computation allows it
 * ({@link io.github.jvae.backend.support.BatchSplit}): each calls a script for its part, with one
 * thread of PyTorch's, and a second script adds up the gradients and moves the variables, which
 * threads share as well. On a Zen 5 with two threads that took the convolutional model of
 * {@code vae speed} from 30 to 35 steps a second and the dense one from 495 to 510, whose weights
 * are as much work for half a batch as for a whole one.
 *
 * <p>To PyTorch the number of threads belongs to the Java thread that calls. Each run sets its
 * backend's number first, so backends with different numbers do not disturb each other, in turns or
 * at once; other uses of DJL in the same Java thread find the number of the last run.
 *
 * <p><b>Precision.</b> {@link io.github.jvae.backend.Precision#BFLOAT16} rounds the operands of
 * matrix products and convolutions; sums within them, and all else, are in single precision. A
 * machine that does not tell the sizes of its processor's caches, as some virtual ones, is a gap:
 * PyTorch's results in bfloat16 are wrong there.
 */
@NullMarked
package io.github.jvae.djl;

import org.jspecify.annotations.NullMarked;
