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
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> uses = new TreeMap<>();
    uses.put("internal", Set.of());
    uses.put("random", Set.of());
    uses.put("error", Set.of("internal"));
    uses.put("internal.file", Set.of("error", "internal"));
    Set<String> lowest = Set.of("error", "internal", "internal.file");
    uses.put("tensor", lowest);
    uses.put("option", lowest);
    Set<String> described = with(lowest, "option");
    uses.put("option.internal", described);
    uses.put("column", described);
    uses.put("checkpoint.internal", described);
    Set<String> values = with(described, "option.internal", "column", "tensor", "random");
    uses.put("checkpoint", with(values, "checkpoint.internal"));
    uses.put("data.internal", lowest);
    uses.put("data", with(values, "data.internal"));
    Set<String> reader = with(values, "data.internal", "data");
    uses.put("data.image", reader);
    uses.put("data.array", reader);
    uses.put("data.table", with(reader, "checkpoint.internal"));
    uses.put("data.source", with(reader, "data.image", "data.array", "data.table"));
    uses.put("model", values);
    uses.put("plugin", with(values, "model"));
    Set<String> component = with(values, "plugin", "model");
    uses.put("plugin.internal", component);
    uses.put("backend", component);
    uses.put("backend.support", with(component, "backend"));
    uses.put("architecture", component);
    uses.put("flow", with(values, "model"));
    uses.put("likelihood", component);
    uses.put("objective", component);
    uses.put("prior", with(component, "flow"));
    uses.put("posterior", with(component, "flow"));
    uses.put("quantized", with(component, "prior", "posterior"));
    uses.put("hierarchy", with(component, "architecture", "prior", "posterior"));
    Set<String> catalogue =
        with(component, "flow", "prior", "posterior", "likelihood", "objective", "quantized");
    Set<String> evaluating =
        with(catalogue, "backend", "data", "checkpoint", "checkpoint.internal");
    uses.put("evaluate", evaluating);
    uses.put("train", with(evaluating, "evaluate"));
    uses.put("service", Set.of("error", "internal", "tensor", "model", "backend", "evaluate"));
    uses.put(
        "disentanglement",
        Set.of("error", "internal", "random", "tensor", "data", "model", "backend", "evaluate"));
    // What is built on whole models, beside the root package's own users.
    uses.put("generation", with(component, "", "backend", "evaluate", "onnx", "onnx.runtime"));
    uses.put("calibration", with(evaluating, "evaluate", "generation"));
    Set<String> recording = with(component, "backend", "backend.support");
    uses.put("onnx.internal", recording);
    uses.put("onnx.runtime", with(recording, "onnx.internal"));
    uses.put("onnx", with(recording, "", "checkpoint", "checkpoint.internal", "onnx.internal"));
    uses.put("sampler", with(evaluating, "", "architecture", "evaluate", "train"));
    return uses;
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

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

  @Test
  @DisplayName("use ONNX Runtime, which may be absent, in its backend alone")
  void optionalEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".onnx.runtime")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .allowEmptyShould(false)
        .check(CLASSES);
  }

  /** Whose types may stand in what others call: Java's, ours, and the annotations of nullness. */
  private static final List<String> OWN = List.of("java.", ROOT + ".", "org.jspecify.");

  @Test
  @DisplayName("show no library's types to those who call or extend them, but Guice's in modules"
      + " and Micrometer's in meters")
  void noForeignTypes() {
    List<String> foreign = new ArrayList<>();
    int seen = 0;
    for (JavaClass type : CLASSES) {
      if (!isVisible(type)) {
        continue;
      }
      boolean isModule = type.isAssignableTo("com.google.inject.Module");
      boolean isMeters = type.isAssignableTo(MeterBinder.class);
      for (String name : signatures(type)) {
        seen++;
        boolean allowed = name.indexOf('.') < 0
            || OWN.stream().anyMatch(name::startsWith)
            || (isModule && name.startsWith("com.google.inject."))
            || (isMeters && name.startsWith("io.micrometer."));
        if (!allowed) {
          foreign.add(type.getName() + " shows " + name);
        }
      }
    }
    assertThat(seen).isGreaterThan(1000);
    assertThat(foreign).isEmpty();
  }

  @Test
  @DisplayName("need no Micrometer but where its meters are")
  void oneClassOfMeters() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".service.ServiceMeters")
        .and()
        .haveNameNotMatching(".*ServiceMeters\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("show nothing internal to those who call or extend them")
  void noInternalTypes() {
    List<String> shown = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      if (isVisible(type) && !isInternal(type.getPackageName())) {
        signatures(type).stream()
            .filter(name -> name.startsWith(ROOT) && isInternal(name))
            .forEach(name -> shown.add(type.getName() + " shows " + name));
      }
    }
    assertThat(shown).isEmpty();
  }

  private static boolean isInternal(String name) {
    return name.contains(".internal");
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
