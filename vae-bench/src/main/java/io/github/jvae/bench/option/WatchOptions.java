package io.github.jvae.bench.option;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a training is shown on a page while it runs, and where. */
public final class WatchOptions {
  private static final String WATCH = "--watch";

  @Option(
      names = WATCH,
      description = "Serve a page on this machine that shows the training while it runs, and"
          + " afterwards the model, as 'vae explore' does, until Ctrl-C.")
  private boolean watch;

  @Mixin
  private PageOptions page = new PageOptions();

  /**
   * Returns whether that is wanted.
   *
   * @throws picocli.CommandLine.ParameterException if flags do not go together
   */
  public boolean isWanted(OutputOptions output) {
    for (String flag : PageOptions.FLAGS) {
      if (!watch && output.isGiven(flag)) {
        throw output.usage(flag + " goes with " + WATCH + "; add that or leave it out");
      }
    }
    return watch;
  }

  /** Returns where the page is. */
  public PageOptions page() {
    return page;
  }
}
