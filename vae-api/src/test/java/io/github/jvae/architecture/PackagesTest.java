package io.github.jvae.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The packages")
class PackagesTest {
  private static final String ROOT = "io.github.jvae";

  /** What each package may use of the others; every package is listed. */
  private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
      Map.entry("error", Set.of()),
      Map.entry("option", Set.of("error")),
      Map.entry("random", Set.of()),
      Map.entry("tensor", Set.of("error")),
      Map.entry("data", Set.of("tensor", "random", "error")),
      Map.entry("checkpoint", Set.of("tensor", "random", "option", "error")),
      Map.entry("model", Set.of("tensor", "random", "option", "error")),
      Map.entry("plugin", Set.of("model", "tensor", "random", "option", "error")),
      Map.entry("backend", Set.of("plugin", "model", "tensor", "random", "option", "error")),
      Map.entry(
          "backend.support",
          Set.of("backend", "plugin", "model", "tensor", "random", "option", "error")),
      Map.entry("flow", Set.of("model", "tensor", "random", "option", "error")),
      Map.entry("prior", Set.of("flow", "plugin", "model", "tensor", "random", "option", "error")),
      Map.entry(
          "posterior", Set.of("flow", "plugin", "model", "tensor", "random", "option", "error")),
      Map.entry("likelihood", Set.of("plugin", "model", "tensor", "random", "option", "error")),
      Map.entry(
          "quantized",
          Set.of("prior", "posterior", "plugin", "model", "tensor", "option", "error")),
      Map.entry("objective", Set.of("plugin", "model", "tensor", "random", "option", "error")),
      Map.entry(
          "evaluate",
          Set.of(
              "objective",
              "prior",
              "posterior",
              "likelihood",
              "flow",
              "backend",
              "plugin",
              "model",
              "data",
              "checkpoint",
              "tensor",
              "random",
              "option",
              "error")),
      Map.entry(
          "train",
          Set.of(
              "evaluate",
              "objective",
              "quantized",
              "prior",
              "posterior",
              "likelihood",
              "flow",
              "backend",
              "plugin",
              "model",
              "data",
              "checkpoint",
              "tensor",
              "random",
              "option",
              "error")),
      Map.entry(
          "generation",
          Set.of("", "backend", "evaluate", "plugin", "model", "tensor", "option", "error")),
      // What is built on whole models, beside the root package's own users.
      Map.entry(
          "sampler",
          Set.of(
              "",
              "train",
              "evaluate",
              "likelihood",
              "backend",
              "plugin",
              "model",
              "data",
              "checkpoint",
              "tensor",
              "random",
              "option",
              "error"))));

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages(ROOT);

  private static Set<String> packages() {
    return CLASSES.stream().map(type -> type.getPackageName()).collect(Collectors.toSet());
  }

  @Test
  @DisplayName("are all scanned: an empty scan proves nothing")
  void scanned() {
    assertThat(CLASSES.size()).isGreaterThan(60);
    Set<String> listed =
        MAY_USE.keySet().stream().map(name -> ROOT + "." + name).collect(Collectors.toSet());
    listed.add(ROOT);
    assertThat(packages()).isEqualTo(listed);
  }

  @TestFactory
  @DisplayName("use only packages below them")
  List<DynamicTest> order() {
    List<DynamicTest> tests = new ArrayList<>();
    MAY_USE.forEach((name, below) -> {
      Set<String> forbidden = packages().stream()
          .filter(other -> !other.equals(ROOT + "." + name))
          .filter(other ->
              !below.contains(other.equals(ROOT) ? "" : other.substring(ROOT.length() + 1)))
          .collect(Collectors.toSet());
      tests.add(DynamicTest.dynamicTest(
          name,
          () -> noClasses()
              .that()
              .resideInAPackage(ROOT + "." + name)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden.toArray(String[]::new))
              .allowEmptyShould(false)
              .check(CLASSES)));
    });
    return tests;
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
    for (String name : packages()) {
      JavaPackage type = CLASSES.getPackage(name);
      assertThat(type.isAnnotatedWith(NullMarked.class)).as(name).isTrue();
    }
  }

  @Test
  @DisplayName("print nothing: a library leaves standard output to its user")
  void noPrinting() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  @Test
  @DisplayName("know no engine (R3)")
  void noEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "ai.djl..", "org.nd4j..", "org.bytedeco..")
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  /** Whose types may stand in what others call: Java's, ours, and the annotations of nullness. */
  private static final List<String> OWN = List.of("java.", ROOT + ".", "org.jspecify.");

  @Test
  @DisplayName("show no library's types to those who call or extend them, but Guice's in modules")
  void noForeignTypes() {
    List<String> foreign = new ArrayList<>();
    int seen = 0;
    for (JavaClass type : CLASSES) {
      if (!isVisible(type)) {
        continue;
      }
      boolean isModule = type.isAssignableTo("com.google.inject.Module");
      for (String name : signatures(type)) {
        seen++;
        boolean allowed = name.indexOf('.') < 0
            || OWN.stream().anyMatch(name::startsWith)
            || (isModule && name.startsWith("com.google.inject."));
        if (!allowed) {
          foreign.add(type.getName() + " shows " + name);
        }
      }
    }
    assertThat(seen).isGreaterThan(1000);
    assertThat(foreign).isEmpty();
  }

  /** Whether code of other packages can name a class. */
  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(PackagesTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  /** The types in what a class shows: its supertypes, members and annotations. */
  private static Set<String> signatures(JavaClass type) {
    Set<JavaClass> types = new HashSet<>();
    type.getSuperclass().ifPresent(parent -> types.addAll(parent.getAllInvolvedRawTypes()));
    type.getInterfaces().forEach(parent -> types.addAll(parent.getAllInvolvedRawTypes()));
    type.getAnnotations().forEach(annotation -> types.add(annotation.getRawType()));
    for (JavaMember member : type.getMembers()) {
      if (!isVisible(member.getModifiers())) {
        continue;
      }
      member.getAnnotations().forEach(annotation -> types.add(annotation.getRawType()));
      if (member instanceof JavaCodeUnit unit) {
        types.addAll(unit.getReturnType().getAllInvolvedRawTypes());
        unit.getParameterTypes().forEach(each -> types.addAll(each.getAllInvolvedRawTypes()));
      } else if (member instanceof JavaField field) {
        types.addAll(field.getType().getAllInvolvedRawTypes());
      }
    }
    return types.stream()
        .map(each -> each.getBaseComponentType().getName())
        .collect(Collectors.toSet());
  }
}
