package io.github.jvae.tensorflow;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.OpScope;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.ConfigProto;

/**
 * A graph and the session that runs it. A graph only ever grows: what an executable recorded stays
 * when it is closed. So the backend now and then starts a fresh one, and everything that holds
 * nodes of the old one records anew.
 */
final class GraphSession implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Scope root = new PlainDigits(new OpScope(graph));
  private final Scope variables = root.withSubScope("variable");
  private final ConfigProto config;
  private @Nullable Session session;
  private boolean closed;

  GraphSession(ConfigProto config) {
    this.config = config;
  }

  Graph graph() {
    return graph;
  }

  Scope root() {
    return root;
  }

  /**
   * Where variables are; to make such a scope asks for the name of every operation in the graph,
   * which would take half a minute for the variables of a deep model.
   */
  Scope variables() {
    return variables;
  }

  /** A run to be described; the session starts with the first. */
  Session.Runner runner() {
    if (session == null) {
      session = new Session(graph, config);
    }
    return session.runner();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // The session points into the graph, so it goes first.
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
