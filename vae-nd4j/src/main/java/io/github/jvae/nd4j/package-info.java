/**
 * The ND4J backend: a computation is recorded once for its input shapes as a list of operations,
 * gradients and all, and replayed from then on.
 *
 * <p>From the top, each package uses only those below it:
 *
 * <ul>
 *   <li>{@code replay} makes recordings ready to run. A plan gives each value a place in one block
 *       of off-heap memory, and a place to another value once the first is dead; then each
 *       operation is given its kernel. A run makes no object but its results.
 *   <li>{@code optimizer} moves the variables along the gradients that a replay has computed.
 *   <li>{@code operation} has the operations, each with one gradient rule and the kernel that
 *       computes it: a native operation of ND4J that is told once where its numbers are, or a loop
 *       in Java.
 *   <li>{@code record} has what they are recorded in: a
 *       {@link io.github.jvae.nd4j.record.Recording} is a list of
 *       {@link io.github.jvae.nd4j.record.Operation}s, and
 *       {@link io.github.jvae.nd4j.record.Gradients} goes back over it and records the reverse pass
 *       behind it.
 *   <li>{@code kernel}, {@code engine} and {@code memory} have the loops in Java, ND4J's native
 *       code, and the numbers that both work on.
 * </ul>
 *
 * <p>Native are matrix products and convolutions, in which oneDNN does the work. The rest is Java,
 * tile by tile in arrays that stay in the processor's nearest cache, where the JVM makes vector
 * instructions of small loops: ND4J's own Adam takes four times as long, its Bernoulli loss six
 * times, its softplus overflows at 100, and its gradient of log-sum-exp is wrong.
 *
 * <p><b>Why not SameDiff</b>, ND4J's own graph. Measured on the two models of {@code vae speed},
 * two threads, it trained 0.2 to 0.7 times as fast as PyTorch's eager mode on the dense model and
 * 0.29 times as fast on the convolutional one; Deeplearning4j's own variational autoencoder layer
 * 0.3 to 0.8 times. Replaying raw operations trained 2.5 and 1.4 times as fast as PyTorch in the
 * same runs. And SameDiff's parameters were off by 2e-3 after five steps.
 *
 * <p><b>Layouts.</b> Images are kept [B, H, W, C] between convolutions; kernels stay as PyTorch has
 * them, which ND4J takes; a dense layer beside such an image has its weight's rows or columns in
 * the image's order ({@link io.github.jvae.backend.support.Layout}).
 *
 * <p><b>Kernels of one pixel</b> are products of matrices with a pixel in each row: with them, and
 * with a silu that keeps its operand alone, a training step of the {@code ladder} of {@code vae
 * speed} takes three fourths of the time it took as ND4J's convolutions, and a fifth less memory.
 *
 * <p><b>Image sizes.</b> A stride of 2 leaves a row of odd sides over. ND4J's gradient of a
 * transposed convolution, which also makes that of the first convolution's kernel without that of
 * the image, refuses such sides; so the image is framed for it ({@code Frame}). On the model of
 * {@code vae speed} for images of 100 x 75, one thread, that took a step's time for each
 * multiplication from 1.2 times that of 96 x 72 to 1.05 times.
 *
 * <p><b>Rounding.</b> Gradients are as close to double precision as PyTorch's. On the convolutional
 * model of {@code vae speed}, one thread, each variable's gradient differs from PyTorch's in double
 * precision by 2e-8 to 2.6e-6 of its length, where PyTorch's own single precision differs by 7e-8
 * to 2.6e-6; those of biases are up to eighty times closer, as they are summed in double precision.
 * Adam adds 1e-8. Even so single weights are off by 1e-3, a whole learning rate, after five steps,
 * and so are PyTorch's and TensorFlow's: Adam's first steps go by the gradient's sign, however tiny
 * it is, and so a gradient that is all rounding moves its weight anywhere. The next step then has
 * other units of a relu at 0. PyTorch itself is off by 1.2e-3 with the channels first and by 6e-5
 * with them last, and in double precision by 4e-3 if its gradients are disturbed by 5e-7 of their
 * length. So compare losses (3e-6 apart after five such steps) or gradients, not single weights.
 *
 * <p><b>Closing.</b> A use after closing is an error. Whoever runs, reads or writes holds the
 * backend's monitor, so that a thread that closes waits for one that computes, and so that the
 * collector cannot take a backend that nobody closed from under its last run.
 *
 * <p><b>Platforms.</b> ND4J is published with oneDNN for x86-64 Linux, macOS and Windows. The build
 * fetches that native library, classifier {@code -onednn}; one without it works, 10 to 50 times
 * more slowly, and a warning says so. For Apple silicon and Linux on Arm there are only libraries
 * without it, which nobody has tried here; there, and elsewhere, the backend says that it cannot
 * run, and the build fetches no native library. No environment variable is needed: how long the
 * threads of OpenMP spin, which on Linux matters most, is set from inside
 * ({@link io.github.jvae.backend.support.SpinCount}) unless the user's {@code GOMP_SPINCOUNT} or
 * {@code OMP_WAIT_POLICY} says otherwise.
 *
 * <p>The native libraries, 450 MB, are unpacked into {@code ~/.javacpp/cache} or the folder of
 * {@code -Dorg.bytedeco.javacpp.cachedir}; not where another user could change them
 * ({@link io.github.jvae.backend.support.NativeFolder}).
 *
 * <p><b>Threads.</b> A batch is divided among threads where a computation allows it
 * ({@link io.github.jvae.backend.support.BatchSplit}): each replays its part with one thread of
 * oneDNN, and then they share Adam. Against threads that share each operation, on a Zen 5 with two
 * of them: 700 steps a second and not 605 on the dense model of {@code vae speed}, 38.3 and not
 * 34.5 on the convolutional one; and where another program takes a core now and then, nobody spins
 * for the one who lost it. Else threads share operations, and long passes in Java.
 *
 * <p>The number of threads belongs to ND4J's native code, which keeps part of it for the thread
 * that calls and part for the process: backends that run at the same time should ask for the same
 * number. ND4J's periodic call of the garbage collector is turned off, for the process, as nothing
 * here waits for a collection: closing an executable or a backend releases its memory at once.
 */
@NullMarked
package io.github.jvae.nd4j;

import org.jspecify.annotations.NullMarked;
