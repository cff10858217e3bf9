/**
 * The backend {@code tensorflow}, on TensorFlow Java.
 *
 * <h2>How it computes</h2>
 *
 * <p>A backend has one graph and one session. A computation is recorded as operations of that graph
 * when it meets new input shapes, and each run is a single {@code Session.run}; a training step has
 * Adam's updates as targets of that same run, behind a barrier of all gradients and outputs.
 * Variables are resource variables, read once per program, and gradients are
 * {@code Graph.addGradients} with respect to those reads. What the loss does not depend on is left
 * out beforehand, as the engine refuses to differentiate by it. Inputs are copied into tensors that
 * live as long as the program. The engine does not check the shapes of what it is fed; here a
 * program is found by its shapes, so they always fit.
 *
 * <p>A graph only grows. After 32 programs of closed executables the backend takes its variables to
 * the host, starts a fresh graph, and what is still open is recorded anew when it next runs.
 *
 * <h2>Layouts</h2>
 *
 * <p>Convolutions compute on [B, H, W, C] and with [height, width, in, out] kernels, and variables
 * are stored so; a dense layer between a vector and such an image stores its weight with the pixels
 * in that order. Reading and writing a variable converts. Only the image is transposed as it comes
 * in; the native likelihoods sum over pixels in the decoder's order. Networks without convolutions
 * keep the portable order throughout. The first computation that reads a variable decides how it is
 * stored ({@link io.github.jvae.backend.support.EngineVariable}); in one that likes it otherwise
 * the conversion is a part of the program.
 *
 * <h2>What the engine gets wrong, or does not have</h2>
 *
 * <ul>
 *   <li>The gradient of a convolution with explicit padding leaves the padding out. {@code SAME} is
 *       used where it is the padding asked for, else the image is padded first. Of a transposed
 *       convolution all gradients are right, but its kernels for explicit padding are slow: there
 *       the edges are cut off afterwards. On the model of {@code vae speed} for images of 100 x 75,
 *       one thread, that took a step's time for each multiplication from 1.4 times that of 96 x 72
 *       to 1.05 times.
 *   <li>On x86 it is told to use oneDNN ({@code TF_ENABLE_ONEDNN_OPTS}, which the user may set),
 *       which by itself it does only on processors with instructions for neural networks: on a Zen
 *       3, 9.4 steps of the convolutional model of {@code vae speed} a second and not 6.3. There
 *       the gradient of a kernel of a single pixel with a stride ends the process, so that such a
 *       kernel is one without a stride, of the pixels that it sees; and a transposed convolution
 *       with a stride from a single channel to a single channel is wrong on some machines, so that
 *       it gets a second one: see {@code Convolutions}.
 *   <li>Comparisons, {@code digamma}, {@code erfc} and {@code xlogy} lack a right gradient.
 *       Gradients can be registered from Java, but a dozen of them crash the process: none are.
 *   <li>Adam's epsilon has another meaning than PyTorch's, see {@code TensorFlowTrainingStep}.
 *   <li>One operand cannot be fetched twice, nor can what is fed be fetched.
 *   <li>Softplus is not vectorised, unlike the sigmoid, exponential and logarithm, and took 6 % of
 *       a step of the dense model; the native Bernoulli avoids it, see {@code TensorFlowBernoulli}.
 *       What is left there is Adam, 17 %, whose three passes are the engine's.
 * </ul>
 *
 * <h2>The first run of a program</h2>
 *
 * <p>All of the graph goes through the engine's optimiser again for each program in it, however
 * small, such as the one that assigns variables: with a ladder of six groups that is half of the 20
 * seconds of processor time until the second step. To let it place only what is run
 * ({@code place_pruned_graph}) spares them, and turns the optimiser off without a word: nothing is
 * fused, and bfloat16 is single precision. One round of optimisations in place of two spared a
 * fifth.
 *
 * <h2>Threads</h2>
 *
 * <p>Threads never share an operation; each runs operations of its own. A batch is divided into
 * parts that depend on each other in nothing but the sum of their gradients
 * ({@link io.github.jvae.backend.support.BatchSplit}), and where it cannot be, the gradients by
 * kernel and by image of one layer still run side by side. On a Zen 5 with two threads, batch 128,
 * against operations shared by both: 630 steps a second and not 470 on the dense model of
 * {@code vae speed}, 39 and not 36 on the convolutional one; at a batch of 8, 1,900 and not 850,
 * and 290 and not 190, as to hand out the pieces of a small operation takes longer than the
 * operation. The engine makes the threads that share operations once for a process, as its first
 * session asks: a program that has opened a session before, with more of them, keeps those.
 * {@code TF_CPP_MIN_LOG_LEVEL=2} in the environment, set before Java starts, silences most of what
 * the engine writes to standard error.
 *
 * <h2>Platforms</h2>
 *
 * <p>There is native code for {@code linux-x86_64}, {@code linux-arm64}, {@code macosx-arm64} and
 * {@code windows-x86_64}, and nothing for Intel Macs: there, and where the artifact with the
 * classifier is missing, {@code TensorFlowModule.unavailable()} says so without loading anything.
 * The library unpacks some 650 MB into {@code ~/.javacpp/cache} when it is first used, or into the
 * folder of {@code -Dorg.bytedeco.javacpp.cachedir}; not where another user could change it
 * ({@link io.github.jvae.backend.support.NativeFolder}). On Java 24 and later the JVM warns of
 * native access unless it is run with {@code --enable-native-access=ALL-UNNAMED}.
 *
 * <p>Code that needs the engine itself finds it through {@code TensorFlowTensor.unwrap()},
 * {@code TensorFlowTrace.scope()} and {@code TensorFlowTrace.tensor(…)}. May use everything in
 * {@code vae-api} up to {@code prior} and {@code likelihood}.
 */
@NullMarked
package io.github.jvae.tensorflow;

import org.jspecify.annotations.NullMarked;
