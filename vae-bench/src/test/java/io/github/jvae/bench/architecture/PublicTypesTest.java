package io.github.jvae.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Sees all modules, as this one has them on its class path. What a plugin or a program may need
 * though no module of ours does is told here with its reason; all else is to be package-private or
 * internal. A constant leaves no trace where it is used, so that a type whose name alone is used
 * elsewhere has to be told as well.
 */
@DisplayName("The public types of the API")
class PublicTypesTest {
  private static final String ROOT = "io.github.jvae";
  private static final Set<String> MODULES = Set.of("bench", "tensorflow", "djl", "nd4j");

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      // Where modules are packaged before, the kit comes in a jar.
      .withImportOption(location -> !location.contains("-tests.jar"))
      .importPackages(ROOT);

  /** What no other module uses, and no public signature of another package shows. */
  private static final Map<String, String> KEPT = kept();

  private static Map<String, String> kept() {
    Map<String, String> kept = new TreeMap<>();
    keep(
        kept,
        "Guice modules and plugins are made by reflection, and a program may install them",
        "CorePlugin",
        "VaeModule",
        "architecture.ArchitecturesPlugin",
        "hierarchy.HierarchyPlugin",
        "likelihood.LikelihoodsPlugin",
        "objective.ObjectivesPlugin",
        "posterior.PosteriorsPlugin",
        "prior.FlowPriorsPlugin",
        "prior.PriorsPlugin",
        "quantized.QuantizedPlugin");
    keep(
        kept,
        "returned by methods of its own package that programs call",
        "Provenance",
        "data.Selection",
        "plugin.ComponentFactory");
    keep(
        kept,
        "programs make or read data with it, in code",
        "data.ArrayExamples",
        "data.Covariates",
        "data.Dequantization",
        "data.LibrarySize",
        "data.Scaling",
        "data.source.Shapes",
        "data.table.ColumnType",
        "data.table.ColumnUse",
        "data.table.DateText",
        "data.table.SeriesExamples",
        "data.table.TableColumn",
        "data.table.TableExamples",
        "data.table.TableReader");
    keep(
        kept,
        "sources of examples implement it, for readers in memory, mapped or one by one",
        "data.ExampleReader",
        "data.Numbers",
        "data.Pixels");
    keep(
        kept,
        "programs catch it",
        "error.MissingFileException",
        "service.InterruptedRequestException",
        "service.RejectedException",
        "tensor.ShapeException",
        "train.DivergedException");
    keep(
        kept,
        "a format of the standard ones, which the data sources list",
        "data.array.CifarFormat",
        "data.array.IdxFormat",
        "data.array.MatFormat",
        "data.array.NpyFormat",
        "data.array.NpzFormat",
        "data.table.TableFormat",
        "data.image.ImageFolderFormat");
    keep(
        kept,
        "named data sets of another package are read with it",
        "data.array.CifarReader",
        "data.array.IdxFolder",
        "data.image.ImageFormat");
    keep(
        kept,
        "programs ask a service with it, watch it or tell its options",
        "service.Request",
        "service.ServiceMeters",
        "service.WhenFull");
    keep(kept, "tensors in files, in the form that other programs read", "checkpoint.Safetensors");
    keep(
        kept, "backends that only decorate another extend it", "backend.support.ForwardingBackend");
    keep(
        kept,
        "priors and posteriors of plugins are made of it",
        "flow.AffineForm",
        "flow.Autoregressive",
        "flow.Bijection",
        "flow.Composition",
        "flow.ConditionalFlow",
        "flow.Coupling",
        "flow.HouseholderFlow",
        "flow.InverseAutoregressiveFlow",
        "flow.Mapped",
        "flow.PlanarFlow",
        "model.Choice",
        "model.Rows",
        "model.UnitSphere");
    keep(
        kept,
        "models and objectives of plugins are made of it",
        "model.Adversary",
        "model.DensityModel",
        "model.Initialization",
        "model.KnownLatents",
        "model.NetworkDecoder",
        "model.LibraryDecoder",
        "model.NetworkEncoder",
        "model.Nonlinearity",
        "model.Places",
        "model.PosteriorDraws",
        "model.PriorNoise");
    keep(
        kept,
        "a part that the builder, the defaults or the kit name: a constant of it, or one made in code",
        "likelihood.Beta",
        "likelihood.ColumnsLikelihood",
        "likelihood.ContinuousBernoulli",
        "likelihood.DiscretizedLogistic",
        "likelihood.LogNormal",
        "likelihood.NegativeBinomial",
        "likelihood.Poisson",
        "likelihood.ZeroInflated",
        "objective.Elbo",
        "objective.Iwae",
        "posterior.DiagonalGaussianFamily",
        "posterior.FlowFamily",
        "prior.HypersphericalUniform",
        "prior.LearnedGaussian",
        "prior.VampPrior",
        "quantized.QuantizedModel");
    keep(kept, "the builder writes lists of layers with it", "architecture.LayerLists");
    keep(
        kept, "trainers and evaluators of any package check rows with it", "evaluate.SupportCheck");
    keep(kept, "programs read from a training's state what it holds", "train.BestEpoch");
    keep(kept, "processes that train together add up gradients with it", "backend.SeparatedStep");
    keep(kept, "programs take a network from an ONNX file with it", "onnx.OnnxNetwork");
    keep(kept, "found by ServiceLoader, and named by programs", "onnx.runtime.OnnxRuntimeModule");
    keep(
        kept,
        "the only package that may name ONNX Runtime runs files with it for another one",
        "onnx.runtime.OnnxGraph");
    return kept;
  }

  private static void keep(Map<String, String> kept, String why, String... types) {
    Arrays.stream(types).forEach(type -> kept.put(type, why));
  }

  @Test
  @DisplayName(
      "are each needed by another module or shown by another package, or kept for a reason")
  void needed() {
    Set<String> needed = new HashSet<>();
    for (JavaClass user : CLASSES) {
      Set<JavaClass> used = isOfApi(user) ? shown(user) : uses(user);
      used.stream()
          .map(PublicTypesTest::outermost)
          .filter(type -> !type.getPackageName().equals(user.getPackageName()))
          .forEach(type -> needed.add(type.getName()));
    }
    Set<String> unneeded = new TreeSet<>();
    int seen = 0;
    for (JavaClass type : CLASSES) {
      if (isOfApi(type) && type.getEnclosingClass().isEmpty() && isVisible(type)) {
        seen++;
        if (!needed.contains(type.getName()) && !type.getPackageName().contains(".internal")) {
          unneeded.add(type.getName().substring(ROOT.length() + 1));
        }
      }
    }
    assertThat(seen).isGreaterThan(150);
    assertThat(unneeded).containsExactlyInAnyOrderElementsOf(KEPT.keySet());
  }

  private static boolean isOfApi(JavaClass type) {
    String[] names = type.getPackageName().substring(ROOT.length()).split("\\.", -1);
    return names.length == 1 || !MODULES.contains(names[1]);
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }

  private static Set<JavaClass> uses(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass())
        .collect(Collectors.toSet());
  }

  /** The types in what a class shows to others: its supertypes and visible members. */
  private static Set<JavaClass> shown(JavaClass type) {
    Set<JavaClass> types = new HashSet<>();
    if (!isVisible(type)) {
      return types;
    }
    type.getSuperclass().ifPresent(parent -> types.addAll(parent.getAllInvolvedRawTypes()));
    type.getInterfaces().forEach(parent -> types.addAll(parent.getAllInvolvedRawTypes()));
    for (JavaMember member : type.getMembers()) {
      if (!isVisible(member.getModifiers())) {
        continue;
      }
      if (member instanceof JavaCodeUnit unit) {
        types.addAll(unit.getReturnType().getAllInvolvedRawTypes());
        unit.getParameterTypes().forEach(each -> types.addAll(each.getAllInvolvedRawTypes()));
      } else if (member instanceof JavaField field) {
        types.addAll(field.getType().getAllInvolvedRawTypes());
      }
    }
    return types.stream().map(JavaClass::getBaseComponentType).collect(Collectors.toSet());
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(PublicTypesTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
