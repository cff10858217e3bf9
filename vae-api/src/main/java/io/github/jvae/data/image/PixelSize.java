package io.github.jvae.data.image;

import io.github.jvae.option.OptionType;
import io.github.jvae.option.OptionValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The size of an image, in pixels. */
record PixelSize(int width, int height) {
  private static final String NONE = "none";

  /** Returns the type of options that say a size, or none. */
  static OptionType<Optional<PixelSize>> optional() {
    return new OptionalSize();
  }

  /** Returns the size as options have it, such as {@code 64x48}. */
  @Override
  public String toString() {
    return width + "x" + height;
  }

  private static final class OptionalSize implements OptionType<Optional<PixelSize>> {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");

    @Override
    public String label() {
      return "WxH";
    }

    @Override
    public String demand() {
      return "a width and a height in pixels such as 64x48, of at most " + ImageDecoder.MAX_PIXELS
          + " pixels, or " + NONE;
    }

    @Override
    public Optional<PixelSize> read(String place, OptionValue value) {
      String text = value instanceof OptionValue.Text given ? given.value() : "";
      if (text.equals(NONE)) {
        return Optional.empty();
      }
      Matcher matcher = SIZE.matcher(text);
      if (!matcher.matches()) {
        throw mismatch(place, value);
      }
      PixelSize size =
          new PixelSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
      if ((long) size.width() * size.height() > ImageDecoder.MAX_PIXELS) {
        throw mismatch(place, value);
      }
      return Optional.of(size);
    }

    @Override
    public OptionValue write(Optional<PixelSize> value) {
      return OptionValue.of(value.map(PixelSize::toString).orElse(NONE));
    }
  }
}
