package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where a page is served, and who opens it. */
public final class PageOptions {
  private static final String PORT = "--port";
  private static final String OPEN = "--open";

  /** The flags. */
  static final List<String> FLAGS = List.of(PORT, OPEN);

  /** A port of this machine. */
  static final class Port extends BoundedInteger {
    Port() {
      super(0, 65_535);
    }
  }

  @Option(
      names = PORT,
      paramLabel = "N",
      converter = Port.class,
      defaultValue = "0",
      description = "The port of this machine at which the page is served; 0 for any that is free."
          + " Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(names = OPEN, description = "Open the page in the browser.")
  private boolean open;

  /** Returns the port; 0 for any that is free. */
  public int port() {
    return port;
  }

  /** Opens the page, if that was asked for. */
  public void show(URI address, Console console) {
    if (open) {
      try {
        new ProcessBuilder(opener(address.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        console.note("no browser could be opened (" + e.getMessage() + "); open the address there");
      }
    }
  }

  /** Not by Java's desktop, which loads the window system and then asks the same programs. */
  private static List<String> opener(String address) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    return List.of(system.startsWith("mac") ? "open" : "xdg-open", address);
  }
}
