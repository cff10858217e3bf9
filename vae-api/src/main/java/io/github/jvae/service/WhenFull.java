package io.github.jvae.service;

/** What a service does with a request for which its queue has no room. */
public enum WhenFull {
  /** The thread that asks waits for room, as long as {@link ServiceOptions#patience} says. */
  WAIT,

  /** The request is refused at once. */
  REJECT
}
