package io.github.jvae.backend.support;

import com.sun.security.auth.module.UnixSystem;
import io.github.jvae.internal.file.FileFault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether nobody but a user can change what is in a folder, so that native code may be
 * loaded from it. The system's administrator counts as the user, since nothing is safe from him.
 *
 * <p>Where the system does not tell owners and permissions as Unix does, as on Windows, nothing is
 * found wrong: there, a user's folders, the one for temporary files among them, are his alone.
 */
final class PrivateFolder {
  private static final String VIEW = "unix";
  private static final int ADMINISTRATOR = 0;

  /** Bits of a file's mode. */
  private static final int WRITTEN_BY_OTHERS = 0002;

  private static final int WRITTEN_BY_GROUP = 0020;
  private static final int ENTERED_BY_ANYBODY = 0011;

  /** Of a folder in which each may remove what is his own only. */
  private static final int STICKY = 01000;

  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;

  private final int user;

  private record Entry(int owner, int mode) {
    boolean isLink() {
      return (mode & TYPE) == LINK;
    }

    boolean has(int bits) {
      return (mode & bits) != 0;
    }
  }

  /** @param user the number of the user whose folders are looked at */
  PrivateFolder(int user) {
    this.user = user;
  }

  /**
   * The folders of the user who runs this process.
   *
   * @throws IOException if there is no way to know him
   */
  static PrivateFolder ofThisProcess() throws IOException {
    if (!isToldOf(Path.of(""))) {
      return new PrivateFolder(ADMINISTRATOR);
    }
    try {
      return new PrivateFolder((int) new UnixSystem().getUid());
    } catch (LinkageError e) {
      return new PrivateFolder(ownerOfNewFile());
    }
  }

  /**
   * Returns the user by whom a new file is owned, for a Java built without the module that knows
   * users.
   */
  private static int ownerOfNewFile() throws IOException {
    Path file = Files.createTempFile("jvae", null);
    try {
      return read(file).owner();
    } finally {
      Files.delete(file);
    }
  }

  /** Returns the number of the user whose folders are looked at; 0 where users have none. */
  int user() {
    return user;
  }

  private static boolean isToldOf(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains(VIEW);
  }

  /** Makes a folder, and what is missing above it, that only its owner can enter. */
  static void make(Path folder) throws IOException {
    FileAttribute<?>[] attributes = isToldOf(folder)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
    Files.createDirectories(folder, attributes);
  }

  /**
   * Says how somebody else could have put something into the folder, as in "belongs to another user
   * (nobody)"; empty if nobody else could. Looked at are the folder, everything in it if others may
   * enter it, and every folder and link that leads to it.
   */
  Optional<String> fault(Path folder) {
    if (!isToldOf(folder)) {
      return Optional.empty();
    }
    try {
      // Fails where links go in circles, so that they can be followed below.
      Path real = folder.toRealPath();
      Path absolute = folder.toAbsolutePath();
      String fault = faultOnTheWay(absolute, absolute);
      return Optional.ofNullable(fault != null ? fault : faultWithin(real));
    } catch (IOException e) {
      return Optional.of("cannot be looked at (" + FileFault.reason(e) + ")");
    }
  }

  /** What is wrong with the path itself, its links and what they lead through. */
  private @Nullable String faultOnTheWay(Path path, Path folder) throws IOException {
    Path place = path.getRoot();
    for (Path name : path) {
      String fault = faultOfPlace(place);
      place = place.resolve(name);
      Entry entry = read(place);
      if (fault == null && !isTrusted(entry)) {
        fault = (place.equals(folder) ? "" : "is reached through " + place + ", which ")
            + ofAnother(place);
      }
      if (fault == null && entry.isLink()) {
        fault = faultOnTheWay(place.resolveSibling(Files.readSymbolicLink(place)), folder);
      }
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** Whether somebody else could put another folder into the place of one that lies there. */
  private @Nullable String faultOfPlace(Path place) throws IOException {
    Entry entry = read(place.toRealPath());
    if (entry.has(STICKY)) {
      return null;
    }
    if (entry.has(WRITTEN_BY_OTHERS)) {
      return "lies in " + place + ", which everybody can write";
    }
    // The administrator's groups are his decision, and many users have a group to themselves.
    if (!entry.has(WRITTEN_BY_GROUP) || entry.owner() == ADMINISTRATOR) {
      return null;
    }
    PosixFileAttributes names = Files.readAttributes(place, PosixFileAttributes.class);
    return names.group().getName().equals(names.owner().getName())
        ? null
        : "lies in " + place + ", which the group " + names.group().getName() + " can write";
  }

  private @Nullable String faultWithin(Path real) throws IOException {
    Entry entry = read(real);
    String fault = faultOf(real, entry);
    if (fault != null || !entry.has(ENTERED_BY_ANYBODY)) {
      return fault;
    }
    Search search = new Search();
    Files.walkFileTree(real, search);
    return search.found;
  }

  private final class Search extends SimpleFileVisitor<Path> {
    private @Nullable String found;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        String fault = faultOf(file, read(file));
        if (fault == null) {
          return FileVisitResult.CONTINUE;
        }
        found = "holds " + file + ", which " + fault;
        return FileVisitResult.TERMINATE;
      } catch (NoSuchFileException e) {
        return FileVisitResult.CONTINUE;
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        // Another process is unpacking, and has put it in its place.
        return FileVisitResult.CONTINUE;
      }
      String fault = faultOf(file, read(file));
      if (fault == null) {
        throw e;
      }
      found = "holds " + file + ", which " + fault;
      return FileVisitResult.TERMINATE;
    }
  }

  /** What is wrong with one file or folder as such. */
  private @Nullable String faultOf(Path path, Entry entry) throws IOException {
    if (!isTrusted(entry)) {
      return ofAnother(path);
    }
    if (entry.isLink() || !entry.has(WRITTEN_BY_GROUP | WRITTEN_BY_OTHERS)) {
      return null;
    }
    return "others than its owner can write ("
        + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + ")";
  }

  private boolean isTrusted(Entry entry) {
    return entry.owner() == user || entry.owner() == ADMINISTRATOR;
  }

  private static String ofAnother(Path path) throws IOException {
    return "belongs to another user ("
        + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName() + ")";
  }

  private static Entry read(Path path) throws IOException {
    return new Entry(number(path, "uid"), number(path, "mode"));
  }

  private static int number(Path path, String attribute) throws IOException {
    return (int) Files.getAttribute(path, VIEW + ":" + attribute, LinkOption.NOFOLLOW_LINKS);
  }
}
