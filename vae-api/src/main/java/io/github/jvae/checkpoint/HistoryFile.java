package io.github.jvae.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.checkpoint.internal.JsonMembers;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.AtomicFile;
import io.github.jvae.internal.file.Disk;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of one JSON object per line, each with a {@code step}, that only ever grows at its end.
 *
 * <p>An append is not atomic: a crash may leave a cut last line. Readers skip it, and the next
 * append removes it first.
 */
public final class HistoryFile {
  private static final String STEP = "step";

  /** A cut line is looked for from the end, in blocks of so many bytes. */
  private static final int BLOCK = 1 << 16;

  /** Far above any line that {@link #append} writes. */
  private static final long LONGEST_CUT_LINE = 16L << 20;

  private final Path file;

  /** The history in this file, which need not exist yet. */
  public HistoryFile(Path file) {
    this.file = file;
  }

  /** Where the history is. */
  public Path path() {
    return file;
  }

  /**
   * Adds an entry.
   *
   * @param entry a whole number {@code step}, and whatever is to be told about it
   * @throws VaeException if the entry has no {@code step} or the file cannot be written
   */
  public void append(Options entry) {
    if (!hasStep(entry)) {
      throw new VaeException(
          "an entry of " + Quote.path(file) + " has no whole number 'step'; add one");
    }
    byte[] line = (JsonFile.toLine(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Disk.REAL.createDirectories(AtomicFile.folderOf(file));
      try (FileChannel channel = FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.truncate(endOfLastLine(channel));
        channel.position(channel.size());
        AtomicFile.writeFully(channel, ByteBuffer.wrap(line));
      }
    } catch (IOException e) {
      throw FileFault.unwritable(file, e);
    }
  }

  /**
   * All entries, oldest first; none if there is no such file. A last line without its line feed was
   * cut by a crash and is left out.
   *
   * @throws VaeException if the file cannot be read, or a whole line is not an object with a
   *     {@code step}; the message names the line
   */
  public List<Options> read() {
    List<Options> entries = new ArrayList<>();
    if (Files.exists(file)) {
      List<String> lines = lines();
      for (int i = 0; i < lines.size(); i++) {
        entries.add(parse(lines.get(i), i + 1));
      }
    }
    return entries;
  }

  /**
   * Forgets what came after a step, so that training resumed from a checkpoint of that step does
   * not tell the same steps twice. The file is replaced atomically.
   *
   * @param lastStep the last step to keep
   * @throws VaeException as {@link #read} does, or if the file cannot be written
   */
  public void truncateAfter(long lastStep) {
    if (!Files.exists(file)) {
      return;
    }
    StringBuilder kept = new StringBuilder();
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (step(parse(lines.get(i), i + 1)) <= lastStep) {
        kept.append(lines.get(i)).append('\n');
      }
    }
    AtomicFile.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Makes all entries durable, if there are any. */
  void force() throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** The lines that end in a line feed. */
  private List<String> lines() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw FileFault.unreadable(file, e);
    }
  }

  private Options parse(String line, int number) {
    try {
      Options entry = JsonFile.parse(line);
      if (hasStep(entry)) {
        return entry;
      }
      throw unusable(number, "has no whole number 'step'", null);
    } catch (JsonProcessingException e) {
      throw unusable(number, "is not a JSON object: " + Quote.message(e.getOriginalMessage()), e);
    }
  }

  private VaeException unusable(int number, String fault, @Nullable Throwable cause) {
    return FileFault.unreadable(file, "line " + number + " " + fault, "remove the line", cause);
  }

  private static boolean hasStep(Options entry) {
    return entry.get(STEP) instanceof OptionValue.Whole step
        && step.isWithin(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long step(Options entry) {
    return JsonMembers.of(entry).wholeNumber(STEP, 0);
  }

  /** Where the last whole line ends. */
  private long endOfLastLine(FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long end = size; end > 0; ) {
      long begin = Math.max(0, end - BLOCK);
      if (size - begin > LONGEST_CUT_LINE) {
        throw FileFault.of(
            file,
            "has no line feed in its last " + (LONGEST_CUT_LINE >> 20) + " MB, so it is no history",
            "move it away");
      }
      block.clear().limit((int) (end - begin));
      readFully(channel, block, begin);
      for (int i = block.limit() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return begin + i + 1;
        }
      }
      end = begin;
    }
    return 0;
  }

  private static void readFully(FileChannel channel, ByteBuffer block, long position)
      throws IOException {
    while (block.hasRemaining()) {
      if (channel.read(block, position + block.position()) < 0) {
        throw new IOException("it became shorter while it was read");
      }
    }
  }
}
