package io.github.jvae.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The native libraries in jars, and what they take on disk once they are unpacked. */
final class NativeLibraries {
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dylib|dll|jnilib)(\\.[0-9.]+)?");

  /** A jar may hold the libraries of several platforms, each in a folder of such a name. */
  private static final Pattern PLATFORM =
      Pattern.compile("(linux|osx|macosx|win|windows)-(x86_64|aarch64|arm64)");

  private static final double MEBIBYTE = 1 << 20;

  private NativeLibraries() {}

  /** The size of this platform's libraries in jars, MiB; jars that cannot be read count nothing. */
  static double mebibytes(List<Path> jars) {
    return jars.stream().mapToLong(NativeLibraries::bytes).sum() / MEBIBYTE;
  }

  private static long bytes(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return 0;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .filter(entry -> isOurs(entry.getName()))
          .mapToLong(ZipEntry::getSize)
          .sum();
    } catch (IOException e) {
      // Whoever needs the jar will tell.
      return 0;
    }
  }

  private static boolean isOurs(String name) {
    if (!LIBRARY.matcher(name).matches()) {
      return false;
    }
    Matcher platform = PLATFORM.matcher(name);
    return !platform.find() || (isSystem(platform.group(1)) && isProcessor(platform.group(2)));
  }

  private static boolean isSystem(String system) {
    String own = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return switch (system) {
      case "linux" -> own.contains("linux");
      case "osx", "macosx" -> own.contains("mac");
      default -> own.contains("win");
    };
  }

  private static boolean isProcessor(String processor) {
    String own = System.getProperty("os.arch", "");
    boolean intel = own.equals("amd64") || own.equals("x86_64");
    return intel == processor.equals("x86_64");
  }
}
