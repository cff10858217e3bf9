package io.github.jvae.bench.tracking;

/** What went wrong with a request to a server. */
final class ServerFault extends Exception {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  private final String cure;

  /** Whether to ask again is of use. */
  private final boolean passes;

  /** The word that the server has for it; empty if it says none. */
  private final String code;

  private ServerFault(String message, String cure, boolean passes, String code) {
    super(message);
    this.cure = cure;
    this.passes = passes;
    this.code = code;
  }

  /** A fault that may be over when the server is asked again. */
  static ServerFault passing(String message, String cure) {
    return new ServerFault(message, cure, true, "");
  }

  /** A fault that stays as long as the same is asked. */
  static ServerFault lasting(String message, String cure) {
    return new ServerFault(message, cure, false, "");
  }

  /**
   * What the server says.
   *
   * @param code its word for the fault
   * @param passes whether to ask again is of use
   */
  static ServerFault told(String message, String cure, String code, boolean passes) {
    return new ServerFault(message, cure, passes, code);
  }

  String cure() {
    return cure;
  }

  boolean passes() {
    return passes;
  }

  String code() {
    return code;
  }

  /** Returns the fault as message and cure in one sentence. */
  String sentence() {
    return getMessage() + "; " + cure;
  }
}
