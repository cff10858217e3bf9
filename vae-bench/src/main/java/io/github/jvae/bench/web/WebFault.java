package io.github.jvae.bench.web;

/** What is wrong with a request, told to the one who made it. */
public final class WebFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, from 400
   * @param sentence what is wrong, and what would be right
   */
  public WebFault(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** Returns the status of HTTP. */
  int status() {
    return status;
  }
}
