package io.github.jvae.bench.report;

import io.github.jvae.backend.Adam;
import io.github.jvae.bench.chart.NumberText;
import io.github.jvae.bench.compare.results.BackendResult;
import io.github.jvae.bench.compare.results.ComparisonResults;
import io.github.jvae.bench.compare.results.Machine;
import io.github.jvae.bench.compare.results.ResultsFile;
import io.github.jvae.bench.compare.results.Setup;
import io.github.jvae.bench.report.page.Block.Code;
import io.github.jvae.bench.report.page.Block.Facts;
import io.github.jvae.bench.report.page.Block.Text;
import io.github.jvae.bench.report.page.Page.Fact;
import io.github.jvae.bench.report.page.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the numbers come from, and how to get them again. */
final class ProvenanceSection {
  private final ComparisonResults results;

  ProvenanceSection(ComparisonResults results) {
    this.results = results;
  }

  Section section() {
    return new Section(
        "provenance",
        "Provenance",
        List.of(
            new Text("This repeats the run; all numbers of it are in " + ResultsFile.NAME
                + " beside this report."),
            new Code(results.setup().command()),
            new Facts(facts())));
  }

  private List<Fact> facts() {
    Setup setup = results.setup();
    Machine machine = results.machine();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("when", Words.moment(setup.startedAt())));
    facts.add(new Fact("program", setup.version()));
    facts.add(new Fact("processor", machine.cpu()));
    facts.add(new Fact(
        "cores, threads",
        machine.cores() + " cores offered, " + setup.threads()
            + " threads for one operation of an engine"));
    Double memory = machine.memoryMib();
    facts.add(new Fact("memory", Words.number(memory, "MiB")));
    facts.add(new Fact("system", machine.os() + ", " + machine.arch()));
    facts.add(new Fact(
        "Java",
        machine.java()
            + (setup.heapMib() == null
                ? ""
                : ", heap of at most " + Words.count(setup.heapMib()) + " MiB")));
    facts.add(new Fact(
        "data",
        setup.data() + " (" + setup.dataOrigin() + "): " + Words.count(setup.trainImages())
            + " images to train, " + Words.count(setup.testImages()) + " to test, "
            + shape(setup.imageShape())));
    facts.add(new Fact(
        "training",
        Words.count(setup.steps()) + " steps of " + Words.count(setup.batchSize())
            + " images, " + (setup.optimizer() == null ? Adam.NAME : setup.optimizer())
            + " with learning rate " + NumberText.tick(setup.learningRate()) + ", "
            + setup.precision() + ", " + setup.repetitions() + " repetitions"));
    facts.add(new Fact(
        "seed",
        setup.seed() + ", for weights, order of images and noise, the same on all engines"));
    results
        .backends()
        .forEach(backend ->
            facts.add(new Fact("engine " + Engine.nameOf(backend.name()), engine(backend))));
    return facts;
  }

  private static String shape(List<Integer> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(" × "));
  }

  private static String engine(BackendResult backend) {
    String known = Stream.of(backend.engine(), backend.binding(), backend.device())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
    String failure = backend.failure() == null ? "" : "failed: " + backend.failure();
    return Stream.of(known, failure)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
