package io.github.jvae.spark;

import io.github.jvae.error.VaeException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Connects the workers of a job to rings. Each listens at its executor's address, and at no other,
 * for the worker before it; both prove by an HMAC of the other's random numbers that they know the
 * job's secret, and whoever does not is sent away. What is sent is not encrypted, as Spark's own
 * blocks are not unless asked.
 */
final class RingSockets implements AutoCloseable {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int NONCE = 32;
  private static final int MAC = 32;
  private static final int HANDSHAKE_MILLIS = 5_000;

  private final ServerSocket server;
  private final Job job;

  /**
   * What the workers of a job have in common, and which one this is.
   *
   * @param rank of this worker, from 0
   * @param size how many there are
   * @param secret of the job
   * @param timeout after which a silent worker counts as lost
   * @param cancelled whether the task is to end
   */
  record Job(int rank, int size, Secret secret, Duration timeout, BooleanSupplier cancelled) {}

  /** Listens at an address of this machine, at any port that is free. */
  RingSockets(InetAddress address, Job job) throws IOException {
    this.job = job;
    this.server = new ServerSocket();
    server.bind(new InetSocketAddress(address, 0), 2 * job.size());
    server.setSoTimeout(Link.LOOK_MILLIS);
  }

  /** Returns the port that the worker before is to call. */
  int port() {
    return server.getLocalPort();
  }

  /**
   * Connects to both neighbours, once for each ring.
   *
   * @param next where the next worker listens
   * @param rings how many
   * @throws VaeException if a neighbour does not answer or does not know the secret
   */
  Map<Integer, Ring> connect(InetSocketAddress next, int rings) {
    String peers = "worker " + job.rank() + " of " + job.size();
    Map<Integer, Socket> to = new LinkedHashMap<>();
    Map<Integer, Socket> from = new LinkedHashMap<>();
    try {
      // The next worker's queue takes a call before that worker looks at it, so all can call first.
      for (int ring = 0; ring < rings; ring++) {
        Socket socket = new Socket();
        to.put(ring, socket);
        socket.connect(next, (int) job.timeout().toMillis());
      }
      Thread caller = new Thread(() -> to.forEach(this::introduce), "jvae-ring-caller");
      caller.setDaemon(true);
      caller.start();
      accept(from, rings);
      caller.join(job.timeout().toMillis());
      Map<Integer, Ring> result = new LinkedHashMap<>();
      for (int ring = 0; ring < rings; ring++) {
        Socket before = Objects.requireNonNull(from.get(ring));
        Socket after = Objects.requireNonNull(to.get(ring));
        if (after.isClosed()) {
          throw new IOException("the next worker, at " + next + ", does not know the job's secret");
        }
        before.setTcpNoDelay(true);
        after.setTcpNoDelay(true);
        result.put(
            ring,
            new Ring(
                job.rank(),
                job.size(),
                new Link(peers, before, after, job.timeout(), job.cancelled())));
      }
      return result;
    } catch (IOException e) {
      to.values().forEach(Link::closeQuietly);
      from.values().forEach(Link::closeQuietly);
      throw new VaeException(
          peers + " cannot reach its neighbours: " + e.getMessage()
              + "; executors must reach each other at any port, as for Spark's own shuffles",
          e);
    } catch (InterruptedException e) {
      to.values().forEach(Link::closeQuietly);
      from.values().forEach(Link::closeQuietly);
      Thread.currentThread().interrupt();
      throw new VaeException("the training was ended while workers connected", e);
    }
  }

  private void accept(Map<Integer, Socket> from, int rings) throws IOException {
    long deadline = System.nanoTime() + job.timeout().toNanos();
    while (from.size() < rings) {
      if (job.cancelled().getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw new IOException("the task was ended");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the worker before has not called within " + job.timeout().toSeconds() + " s");
      }
      Socket caller = call();
      int ring = caller == null ? -1 : admit(caller);
      if (caller != null && (ring < 0 || ring >= rings || from.containsKey(ring))) {
        Link.closeQuietly(caller);
      } else if (caller != null) {
        from.put(ring, caller);
      }
    }
  }

  /** Returns who calls next, or null if nobody does for a moment. */
  private @Nullable Socket call() throws IOException {
    try {
      return server.accept();
    } catch (SocketTimeoutException e) {
      return null;
    }
  }

  /** Asks a caller for proof; returns the ring it asks for, or -1 if it is a stranger. */
  private int admit(Socket caller) {
    try {
      caller.setSoTimeout(HANDSHAKE_MILLIS);
      DataOutputStream out = new DataOutputStream(caller.getOutputStream());
      DataInputStream in = new DataInputStream(caller.getInputStream());
      byte[] challenge = nonce();
      out.write(challenge);
      out.flush();
      int rank = in.readInt();
      int ring = in.readInt();
      byte[] theirs = in.readNBytes(NONCE);
      byte[] proof = in.readNBytes(MAC);
      boolean known = rank == Math.floorMod(job.rank() - 1, job.size())
          && MessageDigest.isEqual(proof, mac("caller", rank, ring, challenge, theirs));
      if (!known) {
        return -1;
      }
      out.write(mac("listener", job.rank(), ring, theirs, challenge));
      out.flush();
      return ring;
    } catch (IOException e) {
      // A stranger that hangs up or keeps silent; the worker calls beside it.
      return -1;
    }
  }

  /**
   * Proves to the next worker who calls; the connection is closed if that cannot prove the same.
   */
  private void introduce(int ring, Socket socket) {
    try {
      socket.setSoTimeout((int) job.timeout().toMillis());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] challenge = in.readNBytes(NONCE);
      byte[] own = nonce();
      out.writeInt(job.rank());
      out.writeInt(ring);
      out.write(own);
      out.write(mac("caller", job.rank(), ring, challenge, own));
      out.flush();
      int next = Math.floorMod(job.rank() + 1, job.size());
      byte[] proof = in.readNBytes(MAC);
      if (!MessageDigest.isEqual(proof, mac("listener", next, ring, own, challenge))) {
        socket.close();
      }
    } catch (IOException e) {
      Link.closeQuietly(socket);
    }
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    return nonce;
  }

  private byte[] mac(String role, int rank, int ring, byte[] first, byte[] second) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(job.secret().bytes(), ALGORITHM));
      mac.update(role.getBytes(StandardCharsets.US_ASCII));
      mac.update(
          ByteBuffer.allocate(2 * Integer.BYTES).putInt(rank).putInt(ring).array());
      mac.update(first);
      return mac.doFinal(second);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Stops listening; the rings stay. */
  @Override
  public void close() {
    Link.closeQuietly(server);
  }
}
