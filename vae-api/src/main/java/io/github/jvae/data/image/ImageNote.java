package io.github.jvae.data.image;

/** What happens to an image on the way that its owner may want to know. */
enum ImageNote {
  DEEP("more than 8 bits a channel", "they are rounded to 8"),
  TRANSPARENT("transparent parts", "they are laid over black"),
  CMYK("the inks cyan, magenta, yellow and black", "they are converted to RGB, without a profile"),
  TURNED("an EXIF orientation", "they are turned upright"),
  FIRST("several frames or pages", "the first one is read"),
  CUT("another aspect than --resize", "what stands out of it is cut off evenly");

  private final String having;
  private final String treated;

  ImageNote(String having, String treated) {
    this.having = having;
    this.treated = treated;
  }

  /**
   * A line about the images that it applies to.
   *
   * @param count how many
   * @param all of how many
   * @param example the name of one
   */
  String line(int count, int all, String example) {
    return (count == 1 ? "one of " + all + " images has " : count + " of " + all + " images have ")
        + having + " (" + example + "): " + treated;
  }
}
