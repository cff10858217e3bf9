package io.github.jvae.data.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.github.jvae.data.internal.Signature;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a CSV file, row by row; may be compressed by gzip and begin with a byte order mark.
 */
final class CsvText {
  private static final int BUFFER = 1 << 16;
  private static final char QUOTE = '"';
  private static final String GZIP = "\u001f\u008b";
  private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";
  private static final String BIG_ENDIAN_MARK = "\u00fe\u00ff";
  private static final String LITTLE_ENDIAN_MARK = "\u00ff\u00fe";

  /** Takes rows. */
  interface Rows {
    /** Begins a row at a line, from 1. */
    void begin(long line);

    /** Takes a field of the row, from 0. */
    void field(int index, char[] text, int begin, int length);

    /** Ends a row of so many fields; returns whether to go on. */
    boolean end(int fields);
  }

  private final Path file;
  private final Charset charset;
  private final char separator;

  private CsvText(Path file, Charset charset, char separator) {
    this.file = file;
    this.charset = charset;
    this.separator = separator;
  }

  /**
   * Looks at a file.
   *
   * @param charset of its text where no byte order mark says another
   * @param separator between fields; 0 for what its beginning looks like
   * @throws VaeException if it cannot be read
   */
  static CsvText of(Path file, Charset charset, char separator) {
    CsvText text = new CsvText(file, charset, separator);
    return separator == 0 ? new CsvText(file, charset, text.guess()) : text;
  }

  private char guess() {
    char[] sample = new char[BUFFER];
    int length = 0;
    try (Reader reader = open()) {
      for (int n = 0; n >= 0 && length < BUFFER; length += Math.max(0, n)) {
        n = reader.read(sample, length, BUFFER - length);
      }
    } catch (IOException e) {
      throw fault(e);
    }
    return Separators.likeliest(new String(sample, 0, length), length < BUFFER);
  }

  /** Returns how large its file is; 0 if that cannot be told. */
  long bytes() {
    return file.toFile().length();
  }

  /** Returns the first row; nothing if there is none. */
  List<String> first() {
    List<String> fields = new ArrayList<>();
    read(new Rows() {
      @Override
      public void begin(long line) {}

      @Override
      public void field(int index, char[] text, int begin, int length) {
        fields.add(new String(text, begin, length).strip());
      }

      @Override
      public boolean end(int count) {
        return false;
      }
    });
    return fields;
  }

  /**
   * Reads all rows, but for empty lines.
   *
   * @throws VaeException if it cannot be read, is not in its encoding or no CSV; or as the taker
   *     does
   */
  void read(Rows rows) {
    Handler handler = new Handler(rows);
    try (LastSign reader = new LastSign(open());
        CsvReader<Boolean> csv = CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraCharsAfterClosingQuote(false)
            .build(handler, reader);
        CloseableIterator<Boolean> all = csv.iterator()) {
      boolean more = true;
      VaeException wrong = null;
      try {
        while (more && all.hasNext()) {
          more = all.next();
        }
      } catch (CsvParseException e) {
        wrong = fault(e, handler.line);
      }
      // A row that lacks fields may lack them because the rest of the file is in a quote.
      if (more && handler.broken && reader.ended && reader.last != QUOTE) {
        throw FileFault.of(
            file, "line " + handler.line + " opens a quote that is never closed", "close it");
      }
      if (wrong != null) {
        throw wrong;
      }
    } catch (IOException e) {
      throw fault(e);
    } catch (UncheckedIOException e) {
      throw fault(Objects.requireNonNull(e.getCause()));
    }
  }

  private Reader open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      boolean compressed = Signature.matches(GZIP, peek(in, 2));
      in = compressed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
      byte[] head = peek(in, UTF_8_MARK.length());
      Charset marked = marked(head);
      in.skipNBytes(marked == null ? 0 : marked.equals(StandardCharsets.UTF_8) ? 3 : 2);
      Charset used = marked == null ? charset : marked;
      return new InputStreamReader(
          in,
          used.newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static byte[] peek(InputStream in, int count) throws IOException {
    in.mark(count);
    byte[] head = in.readNBytes(count);
    in.reset();
    return head;
  }

  private static @Nullable Charset marked(byte[] head) {
    if (Signature.matches(UTF_8_MARK, head)) {
      return StandardCharsets.UTF_8;
    }
    if (Signature.matches(BIG_ENDIAN_MARK, head)) {
      return StandardCharsets.UTF_16BE;
    }
    return Signature.matches(LITTLE_ENDIAN_MARK, head) ? StandardCharsets.UTF_16LE : null;
  }

  private VaeException fault(IOException e) {
    if (!(e instanceof CharacterCodingException)) {
      return FileFault.unreadable(file, e);
    }
    return FileFault.of(
        file,
        wrongLine() + "is not " + charset.name() + " text",
        "save it as UTF-8, or name its encoding, such as --encoding windows-1252");
  }

  /** Returns the line with the wrong bytes, found by reading bytes as letters, each as one. */
  private String wrongLine() {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = Signature.matches(GZIP, peek(raw, 2)) ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      int number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!isText(line.getBytes(StandardCharsets.ISO_8859_1))) {
          return "line " + number + " ";
        }
        number++;
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  private boolean isText(byte[] bytes) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * Returns the fault of the record that begins in a line. The parser's own message names it too,
   * but in the digits of the computer's language, and not for the first.
   */
  private VaeException fault(CsvParseException e, long begun) {
    Throwable last = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof VaeException own) {
        return own;
      }
      if (cause instanceof IOException io) {
        return fault(io);
      }
      last = cause;
    }
    return FileFault.unreadable(
        file,
        "what begins in line " + begun + " is no CSV (" + Quote.message(last.getMessage()) + ")",
        "mend the quotes of that line, each of which ends its field",
        e);
  }

  /** Hands on what the parser finds, without making strings of it. */
  private static final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final Rows rows;
    private long line;
    /** Whether the field before is quoted and goes over lines: the parser bears a missing quote. */
    private boolean broken;

    Handler(Rows rows) {
      this.rows = rows;
    }

    @Override
    protected void handleBegin(long begun) {
      line = begun;
      rows.begin(begun);
    }

    @Override
    protected void handleField(int index, char[] text, int begin, int length, boolean quoted) {
      broken = quoted && hasBreak(text, begin, length);
      rows.field(index, text, begin, length);
    }

    private static boolean hasBreak(char[] text, int begin, int length) {
      for (int i = begin; i < begin + length; i++) {
        if (text[i] == '\n' || text[i] == '\r') {
          return true;
        }
      }
      return false;
    }

    @Override
    protected Boolean buildRecord() {
      return getRecordType() == RecordType.EMPTY || rows.end(getFieldCount());
    }
  }

  /** Remembers the last character but for the ends of lines. */
  private static final class LastSign extends FilterReader {
    private char last;
    private boolean ended;

    LastSign(Reader reader) {
      super(reader);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      ended = count < 0;
      for (int i = offset + count - 1; i >= offset; i--) {
        if (target[i] != '\n' && target[i] != '\r') {
          last = target[i];
          break;
        }
      }
      return count;
    }
  }
}
