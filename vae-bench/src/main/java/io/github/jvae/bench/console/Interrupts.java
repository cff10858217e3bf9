package io.github.jvae.bench.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * While it is open, the first Ctrl-C (or SIGTERM) asks the work to end in order, and the second
 * ends the program at once.
 *
 * <p>A shutdown hook would not do: once Java shuts down, the libraries' own hooks free what the
 * work still needs, and further signals are lost. {@code sun.misc.Signal} is in every Java since
 * 17, but the compiler warns of it, hence the reflection; where it is missing, signals do what they
 * do without us.
 */
public final class Interrupts implements AutoCloseable {
  /** What is added to a signal's number to make the exit code it is known by. */
  private static final int SIGNALLED = 128;

  private final Consumer<String> ask;
  private final List<Runnable> restorers = new ArrayList<>();
  private volatile int exitCode;

  private Interrupts(Consumer<String> ask) {
    this.ask = ask;
  }

  /**
   * Listens to signals from now on.
   *
   * @param ask told the signal's name, in a thread of its own
   */
  public static Interrupts listen(Consumer<String> ask) {
    Interrupts interrupts = new Interrupts(ask);
    interrupts.install("INT");
    interrupts.install("TERM");
    return interrupts;
  }

  /** Waits for Ctrl-C or SIGTERM, or until this thread is interrupted. */
  public static void await() {
    CountDownLatch asked = new CountDownLatch(1);
    Interrupts interrupts = listen(signal -> asked.countDown());
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      interrupts.close();
    }
  }

  private void install(String name) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      int number = (int) signalType.getMethod("getNumber").invoke(signal);
      Object handler = Proxy.newProxyInstance(
          Interrupts.class.getClassLoader(), new Class<?>[] {handlerType}, handler(name, number));
      var handle = signalType.getMethod("handle", signalType, handlerType);
      Object before = handle.invoke(null, signal, handler);
      restorers.add(() -> {
        try {
          handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("a signal handler cannot be put back", e);
        }
      });
    } catch (ReflectiveOperationException e) {
      // No such class or no such signal: they then end the program, as they do anyway.
    }
  }

  private InvocationHandler handler(String name, int number) {
    return (proxy, method, arguments) -> switch (method.getName()) {
      case "handle" -> {
        received(name, SIGNALLED + number);
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "handler of " + name;
    };
  }

  private synchronized void received(String name, int code) {
    if (exitCode != 0) {
      Runtime.getRuntime().halt(code);
    }
    exitCode = code;
    ask.accept(name);
  }

  /** The exit code by which the signal is known, or 0 if there was none. */
  public int exitCode() {
    return exitCode;
  }

  /** Lets signals do what they did before. */
  @Override
  public void close() {
    restorers.forEach(Runnable::run);
    restorers.clear();
  }
}
