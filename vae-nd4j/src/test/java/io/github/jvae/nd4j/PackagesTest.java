package io.github.jvae.nd4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The packages of the ND4J backend")
class PackagesTest {
  private static final String ROOT = "io.github.jvae.nd4j";

  /** From the bottom to the top, above which is the root. */
  private static final List<String> ORDER =
      List.of("memory", "engine", "kernel", "record", "operation", "optimizer", "replay");

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages(ROOT);

  @Test
  @DisplayName("are all scanned: an empty scan proves nothing")
  void scanned() {
    assertThat(CLASSES.size()).isGreaterThan(60);
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .isEqualTo(Stream.concat(Stream.of(ROOT), ORDER.stream().map(PackagesTest::full))
            .collect(Collectors.toSet()));
  }

  private static String full(String name) {
    return ROOT + "." + name;
  }

  @TestFactory
  @DisplayName("use only packages below them")
  Stream<DynamicTest> order() {
    return ORDER.stream()
        .map(name -> DynamicTest.dynamicTest(
            name,
            () -> noClasses()
                .that()
                .resideInAPackage(full(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(notBelow(name))
                .allowEmptyShould(false)
                .check(CLASSES)));
  }

  private static String[] notBelow(String name) {
    List<String> above = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
    return Stream.concat(Stream.of(ROOT), above.stream().map(PackagesTest::full))
        .toArray(String[]::new);
  }

  @Test
  @DisplayName("have no cycles")
  void cycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  @Test
  @DisplayName("say what null means: each is null-marked")
  void nullMarked() {
    Stream.concat(Stream.of(ROOT), ORDER.stream().map(PackagesTest::full))
        .forEach(name -> assertThat(CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class))
            .as(name)
            .isTrue());
  }

  @Test
  @DisplayName("show users the module and the backend alone")
  void publicTypes() {
    assertThat(CLASSES.stream()
            .filter(type -> type.getPackageName().equals(ROOT))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder("Nd4jModule", "Nd4jBackend");
  }
}
