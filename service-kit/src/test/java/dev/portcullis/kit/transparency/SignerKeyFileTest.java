package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignerKeyFileTest {
    @TempDir
    private Path folder;

    @Test
    void aKeyIsForNobodyElseAndReplacesNone() throws IOException {
        var file = folder.resolve("audit.key");
        // What a process left that was ended while it wrote.
        Files.writeString(folder.resolve("audit.key.begun"), "PRIVATE+KEY+");
        var key = SignerKeyFile.create(file, "portcullis.example/audit");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(key.text(), LogKeys.parse(Files.readString(file)).signer().text());
        assertThrows(FileAlreadyExistsException.class, () -> SignerKeyFile.create(file, "another"));
        assertEquals(key.text() + "\n", Files.readString(file));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
