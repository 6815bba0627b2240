package dev.portcullis.kit.transparency;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Files with signing keys, which nobody but the user of this process may read. Stateless. */
public final class SignerKeyFile {
    private SignerKeyFile() {}

    /**
     * Makes a new key and writes it into a new file, whole or not at all.
     *
     * @param name of the key and of its log
     * @throws FileAlreadyExistsException when the file is there; it stays as it is
     */
    public static SignerKey create(Path file, String name) throws IOException {
        return create(file, name, KeyKind.LOG);
    }

    /** The same for a key of a kind. */
    public static SignerKey create(Path file, String name, KeyKind kind) throws IOException {
        var key = SignerKey.generate(name, kind, new SecureRandom());
        var permissions = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var begun = file.resolveSibling(file.getFileName() + ".begun");
        Files.deleteIfExists(begun);
        Files.createFile(begun, permissions);
        Files.writeString(begun, key.text() + "\n");
        Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        return key;
    }
}
