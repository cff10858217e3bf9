package io.github.jvae.bench.report.page;

import java.util.Base64;

/** A PNG picture of a document. */
public final class Picture {
  private final String label;
  private final String description;
  private final String file;
  private final byte[] png;

  /**
   * @param label what stands under it
   * @param description what a reader is told who cannot look at it
   * @param file where it is, as seen from the document
   * @param png its bytes; not copied
   */
  public Picture(String label, String description, String file, byte[] png) {
    this.label = label;
    this.description = description;
    this.file = file;
    this.png = png;
  }

  /** What stands under it. */
  public String label() {
    return label;
  }

  /** What a reader is told who cannot look at it. */
  public String description() {
    return description;
  }

  /** Where it is, as seen from the document. */
  public String file() {
    return file;
  }

  /** The picture itself as an address, so that a page needs no file beside it. */
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
