package io.github.jvae.bench.sweep;

/** Times settings, one after another. */
public interface Meter {
  /**
   * Times a setting.
   *
   * @throws io.github.jvae.error.VaeException if it cannot be timed, or is stopped meanwhile; the
   *     message says why
   */
  Reading measure(SpeedSetting setting);

  /** Breaks off what is being timed; may be called by another thread, at any time. */
  void stop();
}
