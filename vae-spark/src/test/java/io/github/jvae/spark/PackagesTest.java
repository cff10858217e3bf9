package io.github.jvae.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The package for Spark")
class PackagesTest {
  private static final String ROOT = "io.github.jvae.spark";

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages(ROOT);

  @Test
  @DisplayName("knows no engine")
  void noEngine() {
    assertThat(CLASSES.size()).isGreaterThan(30);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.jvae.nd4j..",
            "io.github.jvae.djl..",
            "io.github.jvae.tensorflow..",
            "org.nd4j..",
            "ai.djl..",
            "org.tensorflow..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("says what null means")
  void nullMarked() {
    assertThat(CLASSES.getPackage(ROOT).isAnnotatedWith(NullMarked.class)).isTrue();
  }

  @Test
  @DisplayName("shows users the two stages and their parameters alone")
  void publicTypes() {
    assertThat(CLASSES.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder("VaeEstimator", "VaeModel", "VaeParams", "SharedParams");
  }
}
