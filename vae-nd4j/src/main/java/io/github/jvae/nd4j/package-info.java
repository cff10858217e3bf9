/**
 * The ND4J backend: a computation is recorded once for its input shapes as a list of operations,
 * gradients and all, and replayed from then on.
 *
 * <ul>
 *   <li>A {@link io.github.jvae.nd4j.Recording} is a list of
 *       {@link io.github.jvae.nd4j.Operation}s. {@link io.github.jvae.nd4j.Gradients} goes back
 *       over it and records the reverse pass behind it; each operation has one gradient rule.
 *   <li>A {@link io.github.jvae.nd4j.MemoryPlan} gives each value a place in one block of off-heap
 *       memory, and a place to another value once the first is dead.
 *   <li>A {@link io.github.jvae.nd4j.Replay} has a kernel for each operation: a native operation of
 *       ND4J that was told once where its numbers are, or a loop in Java. A run makes no object but
 *       its results.
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
 * the image's order ({@link io.github.jvae.nd4j.Layout}).
 *
 * <p><b>Platforms.</b> ND4J is published for x86-64 Linux, macOS and Windows. The build fetches the
 * native library with oneDNN, classifier {@code -onednn}; one without it works, 10 to 50 times more
 * slowly, and a warning says so. Elsewhere (Apple silicon, Linux on Arm) the backend says that it
 * cannot run. No environment variable is needed.
 *
 * <p><b>Threads.</b> The number of threads belongs to ND4J's native code, which keeps part of it
 * for the thread that calls and part for the process: backends that run at the same time should ask
 * for the same number. ND4J's periodic call of the garbage collector is turned off, for the
 * process, as nothing here waits for a collection: closing an executable or a backend releases its
 * memory at once.
 */
@NullMarked
package io.github.jvae.nd4j;

import org.jspecify.annotations.NullMarked;
