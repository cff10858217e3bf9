package io.github.jvae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.bench.training.Resumption;
import io.github.jvae.checkpoint.FolderOwner;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.VaeException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("vae train --resume, and what a model folder says of its training")
class ResumeCommandTest {
  private static final String[] SMALL = {
    "--hidden", "8", "--latent", "2", "--batch-size", "16", "--quiet"
  };

  @TempDir
  Path folder;

  private static Outcome train(String... arguments) {
    return Outcome.of(Stream.of(new String[] {"train"}, SMALL, arguments)
        .flatMap(Stream::of)
        .toArray(String[]::new));
  }

  private static ObjectNode change(Path file, String pointer, String value) throws IOException {
    ObjectNode json = JsonTree.read(file);
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) json.at(pointer.substring(0, slash)))
        .set(pointer.substring(slash + 1), new JsonMapper().readTree(value));
    JsonTree.write(file, json);
    return json;
  }

  @Test
  void repeatsTheEngineTheThreadsAndTheHistoryItBeganWith() throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    for (Path out : List.of(whole, parts)) {
      Outcome begun = train(
          "--backend",
          "nd4j",
          "--threads",
          "1",
          "--prior",
          "standard-normal",
          "--limit",
          "64",
          "--history-steps",
          "2",
          "--epochs",
          out.equals(whole) ? "2" : "1",
          "--out",
          out.toString());
      assertThat(begun.err()).isEmpty();
    }
    JsonNode run = JsonTree.read(parts.resolve(ModelFolder.TRAINING)).get("run");
    assertThat(run.get("backend").textValue()).isEqualTo("nd4j");
    assertThat(run.get("threads_asked").intValue()).isEqualTo(1);

    Outcome resumed = Outcome.of("train", "--resume", parts.toString(), "--epochs", "2", "--json");
    assertThat(resumed.err()).contains("backend: nd4j", ", 1 threads)").doesNotContain("note:");
    assertThat(resumed.json().get("notes")).isEmpty();
    for (String file : List.of(ModelFolder.MODEL, ModelFolder.OPTIMIZER, ModelFolder.TRAINING)) {
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(Files.readAllLines(parts.resolve(ModelFolder.HISTORY)))
        .hasSameSizeAs(Files.readAllLines(whole.resolve(ModelFolder.HISTORY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--optimizer adamw --weight-decay 0.1",
        "--optimizer adamax --clip-norm 5",
        "--optimizer sgd --clip-norm 10",
        "--optimizer adam --average-weights 0.9",
        "--optimizer sgd --clip-norm 10 --momentum 0.9 --nesterov --weight-decay 0.01"
      })
  void goesOnWithTheOptimizerItBeganWith(String flags) throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    for (Path out : List.of(whole, parts)) {
      String epochs = out.equals(whole) ? "2" : "1";
      Outcome begun = train(Stream.of(
              flags.split(" ", -1),
              "--backend nd4j --threads 1 --limit 64 --epochs".split(" ", -1),
              new String[] {epochs, "--out", out.toString()})
          .flatMap(Stream::of)
          .toArray(String[]::new));
      assertThat(begun.err()).isEmpty();
    }
    assertThat(JsonMembers.of(JsonFile.read(parts.resolve(ModelFolder.TRAINING)))
            .object("options")
            .text("optimizer"))
        .isEqualTo(flags.split(" ", -1)[1]);

    Outcome other = train("--resume", parts.toString(), "--optimizer", "adam", "--epochs", "2");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("leave out", "--optimizer");
    Outcome resumed = Outcome.of("train", "--resume", parts.toString(), "--epochs", "2");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    for (String file : List.of(ModelFolder.MODEL, ModelFolder.OPTIMIZER, ModelFolder.TRAINING)) {
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void refusesAnOptimizerThatItsFilesAreNotOf() throws IOException {
    Path model = folder.resolve("model");
    String flags = "--backend nd4j --limit 64 --epochs 1 --optimizer sgd --clip-norm 10 --out ";
    train((flags + model).split(" ", -1));
    change(model.resolve(ModelFolder.TRAINING), "/options/momentum", "0.9");
    Outcome outcome = Outcome.of("train", "--resume", model.toString(), "--epochs", "2");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().strip())
        .contains(ModelFolder.OPTIMIZER, "velocity")
        .hasLineCount(1);
  }

  @Test
  void saysInOneLineWhatDiffersFromTheTrainingThatBegan() throws IOException {
    String model = folder.resolve("model").toString();
    Outcome.ofTraining("--epochs", "1", "--out", model);
    Outcome same = Outcome.of("train", "--resume", model, "--epochs", "2");
    assertThat(same.err()).isEmpty();
    Outcome other = Outcome.of(
        "train",
        "--resume",
        model,
        "--epochs",
        "3",
        "--backend",
        "nd4j",
        "--threads",
        "2",
        "--json");
    String note = "training goes on with backend nd4j in place of tensorflow, threads 2 in place of"
        + " 1, so its numbers will differ from those of a training that was never interrupted";
    assertThat(other.err()).containsOnlyOnce(note);
    assertThat(other.json().get("notes")).hasSize(1);
    assertThat(other.json().get("notes").get(0).textValue()).isEqualTo(note);
    // That is what the training runs on now.
    assertThat(Outcome.of("train", "--resume", model, "--epochs", "4").out())
        .contains("backend: nd4j", ", 2 threads)");
  }

  @Test
  void saysThatItsEngineIsNotHereOrThatTheTestImagesAreOthers() throws IOException {
    Path model = folder.resolve("model");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    change(model.resolve(ModelFolder.TRAINING), "/run/backend", "\"gone\"");
    change(model.resolve(ModelFolder.CONFIG), "/provenance/data/test_sha256", "\"0\"");
    change(model.resolve(ModelFolder.CONFIG), "/provenance/data/validation_sha256", "\"0\"");
    Outcome resumed = Outcome.of("train", "--resume", model.toString(), "--epochs", "2");
    assertThat(resumed.code()).isZero();
    assertThat(resumed.err())
        .contains("backend tensorflow in place of gone", "the test examples are not those")
        .contains("the validation examples are not those", "was chosen by others")
        .hasLineCount(3);
  }

  @Test
  void goesOnInNoFolderThatIsBeingWrittenTo() throws Exception {
    Path model = folder.resolve("model");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    FolderOwner owner = new ModelFolder(model).own();
    try {
      FutureTask<Outcome> other = new FutureTask<>(
          () -> Outcome.of("train", "--resume", model.toString(), "--epochs", "2"));
      new Thread(other).start();
      assertThat(other.get().code()).isEqualTo(1);
      assertThat(other.get().err()).contains(model + " is being written to").hasLineCount(1);
      assertThat(other.get().out()).isEmpty();
    } finally {
      owner.close();
    }
  }

  @Test
  void goesOnWithAFolderThatWasMadeBeforeAllOfThisWasKept() throws IOException {
    Path model = folder.resolve("model");
    Path images = images();
    train("--data", images.toString(), "--epochs", "1", "--out", model.toString());
    Files.delete(model.resolve(ModelFolder.LOCAL));
    ObjectNode training = JsonTree.read(model.resolve(ModelFolder.TRAINING));
    training.remove("run");
    JsonTree.write(model.resolve(ModelFolder.TRAINING), training);
    Path config = model.resolve(ModelFolder.CONFIG);
    change(config, "/provenance/data/source", "\"" + images + "\"");
    change(config, "/provenance/data/origin", "\"" + images + "\"");
    Outcome resumed = Outcome.of("train", "--resume", model.toString(), "--epochs", "2");
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out()).contains("epoch 2/2", "backend: tensorflow");
  }

  /** Gray images of 8 x 8, none like another. */
  private Path images() throws IOException {
    Path images = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < 20; i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(i % 8, i / 8, 0, 200);
      ImageIO.write(image, "png", images.resolve("image" + i + ".png").toFile());
    }
    return images;
  }

  /** MNIST by name only: 20 images of 8 x 8 in the published files' names and format. */
  private Path namedData() throws IOException {
    Path data = folder.resolve("data");
    Path files = Files.createDirectories(data.resolve("mnist"));
    for (String part : List.of("train", "t10k")) {
      byte[] images = new byte[16 + 20 * 64];
      byte[] labels = new byte[8 + 20];
      images[2] = 8;
      images[3] = 3;
      images[7] = 20;
      images[11] = 8;
      images[15] = 8;
      labels[2] = 8;
      labels[3] = 1;
      labels[7] = 20;
      for (int i = 0; i < 20; i++) {
        images[16 + 65 * i % (20 * 64)] = (byte) (part.length() + i);
      }
      Files.write(files.resolve(part + "-images-idx3-ubyte"), images);
      Files.write(files.resolve(part + "-labels-idx1-ubyte"), labels);
    }
    return data;
  }

  @Test
  void findsTheDataOfAPublishedNameWhereTheyWere() throws IOException {
    Path model = folder.resolve("model");
    Path data = namedData();
    Outcome begun = train(
        "--data",
        "mnist",
        "--data-dir",
        data.toString(),
        "--offline",
        "--epochs",
        "1",
        "--out",
        model.toString());
    assertThat(begun.err()).isEmpty();
    assertThat(begun.code()).isZero();
    Outcome resumed =
        Outcome.of("train", "--resume", model.toString(), "--epochs", "2", "--offline");
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out())
        .contains("data: mnist, 18 examples to train on, 2 to choose", "epoch 2/2");
    // Where they are no longer there, that is told, and nothing is downloaded.
    Files.move(data, folder.resolve("moved"));
    Outcome gone = Outcome.of("train", "--resume", model.toString(), "--epochs", "3", "--offline");
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.err()).contains("'mnist' is not in", "--data-dir").hasLineCount(1);
    Outcome found = Outcome.of(
        "train",
        "--resume",
        model.toString(),
        "--epochs",
        "3",
        "--offline",
        "--data-dir",
        folder.resolve("moved").toString());
    assertThat(found.err()).isEmpty();
  }

  @Test
  void tellsNoPathInWhatPeoplePublish() throws IOException {
    Path model = folder.resolve("model");
    Path images = images();
    train("--data", images.toString(), "--epochs", "2", "--out", model.toString());
    try (Stream<Path> files = Files.walk(model)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (file.equals(model.resolve(ModelFolder.LOCAL))) {
          assertThat(text).contains(images.toString(), "leave it out of what you publish");
        } else {
          assertThat(text).as(file.toString()).doesNotContain(folder.toString());
        }
      }
    }
    assertThat(
            JsonTree.config(new ModelFolder(model)).at("/provenance/data/name").textValue())
        .isEqualTo("photos");
    // The best epoch goes on too: the folder around it knows the data, and it still does not.
    Path best = model.resolve(ModelFolder.BEST);
    Outcome resumed = Outcome.of("train", "--resume", best.toString(), "--epochs", "3");
    assertThat(resumed.err()).isEmpty();
    assertThat(best.resolve(ModelFolder.LOCAL)).doesNotExist();
  }

  @Test
  void followsNoPathOfAModelWithoutTheUsersWord() throws IOException {
    Path model = folder.resolve("model");
    Path images = images();
    train("--data", images.toString(), "--epochs", "1", "--out", model.toString());
    // As folders once were; whatever a stranger's names must not be walked.
    change(model.resolve(ModelFolder.CONFIG), "/provenance/data/source", "\"" + images + "\"");
    String png = folder.resolve("out.png").toString();
    String csv = folder.resolve("out.csv").toString();
    for (List<String> command : List.of(
        List.of("evaluate", model.toString()),
        List.of("explain", model.toString()),
        List.of("reconstruct", model.toString(), "--out", png),
        List.of("interpolate", model.toString(), "--out", png),
        List.of("encode", model.toString(), "--out", csv))) {
      Outcome refused = Outcome.of(command.toArray(String[]::new));
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .contains("'photos'", "name the data with --data", "--data " + images)
          .hasLineCount(1);
      List<String> asked = new ArrayList<>(command);
      asked.addAll(List.of("--data", images.toString()));
      Outcome allowed = Outcome.of(asked.toArray(String[]::new));
      assertThat(allowed.err()).isEmpty();
      assertThat(allowed.out()).doesNotContain("NaN");
    }
  }

  @Test
  void goesOnOverWhatAKilledProcessLeft() throws IOException {
    Path model = folder.resolve("model");
    Files.createDirectories(model.resolve(".saving-0c9d"));
    Files.writeString(model.resolve(".saving-0c9d/config.json"), "{");
    Files.writeString(model.resolve(".writer-lock"), "x");
    Files.writeString(model.resolve(".probe123.tmp"), "x");
    Files.writeString(model.resolve(".history.jsonl.1-2-3.tmp"), "x");
    Outcome outcome = Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    assertThat(outcome.err()).isEmpty();
    try (Stream<Path> files = Files.list(model)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(n -> n.startsWith("."));
    }
    // A history without a model is somebody's, and no training can go on from it.
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve(ModelFolder.HISTORY), "{\"step\":1}\n");
    Outcome refused = Outcome.ofTraining("--epochs", "1", "--out", other.toString());
    assertThat(refused.err()).contains("--overwrite").doesNotContain("--resume").hasLineCount(1);
  }

  @Test
  void namesTheFileAndTheMemberThatIsAtFault() throws IOException {
    Path model = folder.resolve("model");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    Path training = model.resolve(ModelFolder.TRAINING);
    Path config = model.resolve(ModelFolder.CONFIG);
    byte[] sound = Files.readAllBytes(training);
    for (String[] fault : new String[][] {
      {"/step", "-1", "step"},
      {"/step", "null", "step is missing"},
      {"/epoch", "1.5", "epoch"},
      {"/batch", "\"x\"", "batch"},
      {"/best_elbo", "\"x\"", "best_elbo"},
      {"/epoch_sums", "[1]", "epoch_sums"},
      {"/epoch_sums/loss", "\"x\"", "epoch_sums.loss"},
      {"/options/batch_size", "0", "options.batch_size"},
      {"/options/binarization", "\"x\"", "options: binarization"},
      {"/run/threads", "-3", "run.threads"},
      {"/options", "7", "options must be an object"},
      {"/run", "7", "run"}
    }) {
      change(training, fault[0], fault[1]);
      Outcome refused = Outcome.of("train", "--resume", model.toString(), "--epochs", "2");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains(training + ": ", fault[2]).hasLineCount(1);
      Files.write(training, sound);
    }
    byte[] made = Files.readAllBytes(config);
    for (String[] fault : new String[][] {
      {"/provenance/options/batch_size", "0", "provenance.options.batch_size"},
      {"/provenance/options/binarization", "\"x\"", "binarization"},
      {"/provenance/data/limit", "-1", "data.limit"},
      {"/provenance/data/source", "3", "data.source"},
      {"/provenance/precision", "\"INT4\"", "INT4"}
    }) {
      change(config, fault[0], fault[1]);
      Outcome refused = Outcome.of("evaluate", model.toString());
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains(config.toString(), fault[2]).hasLineCount(1);
      Files.write(config, made);
    }
  }

  @Test
  void refusesWhateverElseIsInItsFilesInOneLine() throws IOException {
    Path model = folder.resolve("model");
    Outcome.ofTraining("--epochs", "1", "--out", model.toString());
    assertThat(refusals(model, ModelFolder.TRAINING, "")).isGreaterThan(100);
    assertThat(refusals(model, ModelFolder.CONFIG, "/provenance")).isGreaterThan(50);
    assertThat(refusals(model, ModelFolder.LOCAL, "")).isGreaterThan(5);
  }

  /** Puts strange values in the place of each, and counts those that are refused. */
  private static int refusals(Path model, String name, String root) throws IOException {
    Path file = model.resolve(name);
    ObjectNode sound = JsonTree.read(file);
    int refused = 0;
    for (String pointer : pointers(root, sound.at(root))) {
      for (String strange : List.of(
          "null", "true", "-1", "1.5", "1e400", "99999999999999999999", "\"a\\nb\"", "[]", "{}")) {
        change(file, pointer, strange);
        Throwable fault = catchThrowable(() -> readAll(model));
        if (fault != null) {
          refused++;
          assertThat(fault)
              .as(pointer + " " + strange)
              .isInstanceOf(VaeException.class)
              .hasMessageContaining(model.toString())
              .hasMessageContaining(name)
              .hasMessageNotContaining("\n");
        }
        JsonTree.write(file, sound);
      }
    }
    return refused;
  }

  private static void readAll(Path model) {
    Resumption before = Resumption.of(model);
    before.place();
    before.requireWork(before.options().withEpochs(Integer.MAX_VALUE));
    before.record().options();
    before.record().limit();
    before.record().precision();
    before.record().namedSource();
    before.record().dataName();
  }

  private static List<String> pointers(String at, JsonNode node) {
    List<String> pointers = new ArrayList<>();
    node.properties().forEach(field -> {
      pointers.add(at + "/" + field.getKey());
      pointers.addAll(pointers(at + "/" + field.getKey(), field.getValue()));
    });
    return pointers;
  }

  @Test
  void saysByWhichImagesTheBestEpochIsChosen() throws IOException {
    Path model = folder.resolve("model");
    Outcome trained =
        Outcome.ofTraining("--epochs", "1", "--validation", "0", "--out", model.toString());
    assertThat(trained.out())
        .contains("best so far on these test examples", "chosen by these same test examples");
    assertThat(JsonTree.config(new ModelFolder(model))
            .at("/provenance/test/selected_on")
            .textValue())
        .isEqualTo("test");
    Outcome evaluated = Outcome.of("evaluate", model.toString(), "--json");
    assertThat(evaluated.json().get("selected_on").textValue()).isEqualTo("test");
    assertThat(evaluated.err()).contains("these examples chose the best epoch");
    Outcome elsewhere = Outcome.of("evaluate", model.toString(), "--split", "train", "--json");
    assertThat(elsewhere.json().get("selected_on").isNull()).isTrue();
    assertThat(elsewhere.err()).doesNotContain("chose the best epoch");
    assertThat(Outcome.of("train", "--help").out()).contains("chosen by its ELBO on the");
  }

  @Test
  void goesOnWithATrainingOfBeforeThereWereValidationImages() throws IOException {
    Path whole = folder.resolve("whole");
    Path old = folder.resolve("old");
    Outcome.ofTraining("--epochs", "3", "--validation", "0", "--out", whole.toString());
    Outcome.ofTraining("--epochs", "1", "--validation", "0", "--out", old.toString());
    for (String place : List.of("/options", "/provenance/options")) {
      Path file = old.resolve(place.equals("/options") ? ModelFolder.TRAINING : ModelFolder.CONFIG);
      ObjectNode json = JsonTree.read(file);
      ObjectNode options = (ObjectNode) json.at(place);
      options.remove(List.of("validation", "transforms"));
      options.put("binarization", "none");
      JsonTree.write(file, json);
    }
    Outcome resumed =
        Outcome.of("train", "--backend", "tensorflow", "--resume", old.toString(), "--epochs", "3");
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.out())
        .contains("64 examples to train on, none to choose", "flattered")
        .contains("epoch 3/3", "best so far on these test examples");
    assertThat(old.resolve(ModelFolder.MODEL))
        .hasSameBinaryContentAs(whole.resolve(ModelFolder.MODEL));
    assertThat(Files.readAllLines(old.resolve(ModelFolder.HISTORY)).get(2)).contains("\"test\":");
  }

  @Test
  void givesOneImageNoStandardError() throws IOException {
    Path model = folder.resolve("model");
    Outcome trained = Outcome.of(
        "train", "--hidden", "8", "--limit", "1", "--epochs", "1", "--out", model.toString());
    assertThat(trained.out()).doesNotContain("NaN").contains("one example has no standard error");
    assertThat(Files.readString(model.resolve(ModelFolder.HISTORY)))
        .doesNotContain("NaN")
        .contains("\"elbo_standard_error\":null");
    for (String[] command : new String[][] {{"evaluate", model.toString(), "--samples", "1"}}) {
      assertThat(Outcome.of(command).out()).doesNotContain("NaN").isNotEmpty();
      Outcome json = Outcome.of(
          Stream.concat(Stream.of(command), Stream.of("--json", "--quiet")).toArray(String[]::new));
      assertThat(json.err()).isEmpty();
      assertThat(json.out()).doesNotContain("NaN").isNotEmpty();
    }
  }
}
