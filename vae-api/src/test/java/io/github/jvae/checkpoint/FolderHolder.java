package io.github.jvae.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A program that takes the right to write to a folder, says so, and keeps it until it is ended. */
final class FolderHolder {
  private FolderHolder() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    FolderOwner owner = new ModelFolder(Path.of(arguments[0])).own();
    System.out.println("held");
    while (System.in.read() >= 0) {
      // Until the other end is closed.
    }
    owner.close();
  }
}
