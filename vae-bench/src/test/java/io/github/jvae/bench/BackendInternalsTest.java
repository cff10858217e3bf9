package io.github.jvae.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is inside of a backend")
class BackendInternalsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("io.github.jvae");

  @Test
  @DisplayName("nobody outside of it uses")
  void internals() {
    assertThat(CLASSES.contain("io.github.jvae.nd4j.record.Recording")).isTrue();
    noClasses()
        .that()
        .resideOutsideOfPackage("io.github.jvae.nd4j..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.jvae.nd4j.*..")
        .allowEmptyShould(false)
        .check(CLASSES);
  }
}
