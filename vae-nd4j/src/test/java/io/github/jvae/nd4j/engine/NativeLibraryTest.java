package io.github.jvae.nd4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64";
  private static final String OPENBLAS = "org/bytedeco/openblas/linux-x86_64/libjniopenblas.so";
  private static final String JAVACPP = "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so";

  private static NativeLibrary linux(String... resources) {
    return new NativeLibrary("linux-x86_64", Set.of(resources)::contains);
  }

  @Test
  void aPlatformWithoutNativesIsNamedWithThoseThatHaveThem() {
    assertThat(new NativeLibrary("macosx-arm64", resource -> true).unavailable())
        .hasValueSatisfying(reason -> assertThat(reason)
            .contains("macosx-arm64", "linux-x86_64", "another backend")
            .doesNotContain("\n"));
  }

  @Test
  void aMissingNativeIsNamedWithItsClassifier() {
    assertThat(linux().unavailable())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("org.nd4j:nd4j-native", "linux-x86_64-onednn"));
    String natives = BINDINGS + "-onednn/libjnind4jcpu.so";
    assertThat(linux(natives).unavailable())
        .hasValueSatisfying(reason -> assertThat(reason).contains("org.bytedeco:openblas"));
    assertThat(linux(natives, OPENBLAS).unavailable())
        .hasValueSatisfying(reason -> assertThat(reason).contains("org.bytedeco:javacpp"));
    assertThat(linux(natives, OPENBLAS, JAVACPP).unavailable()).isEmpty();
  }

  @Test
  void aNativeWithoutOneDnnWorksButIsSaidToBeSlow() {
    NativeLibrary slow = linux(BINDINGS + "-avx2/libjnind4jcpu.so", OPENBLAS, JAVACPP);
    assertThat(slow.unavailable()).isEmpty();
    assertThat(slow.slow())
        .hasValueSatisfying(warning -> assertThat(warning).contains("linux-x86_64-onednn"));
    assertThat(linux(BINDINGS + "-onednn-avx512/libjnind4jcpu.so").slow()).isEmpty();
  }
}
