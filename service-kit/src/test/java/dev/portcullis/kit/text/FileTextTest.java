package dev.portcullis.kit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FileTextTest {
    @TempDir
    private Path folder;

    private static String fault(Path file) {
        return FileText.fault(
                assertThrows(IOException.class, () -> FileText.read(file, StandardCharsets.UTF_8), file.toString()));
    }

    @Test
    void aFileIsReadAndALinkIsFollowed() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "tök\n");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertEquals("tök\n", FileText.read(link, StandardCharsets.UTF_8));
        assertEquals("", FileText.read(Files.createFile(folder.resolve("empty")), StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoSuchFileIsToldInWords() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "text");
        var absent = "there is no such file or folder";
        assertEquals(absent, fault(folder.resolve("absent")));
        assertEquals(absent, fault(Files.createSymbolicLink(folder.resolve("broken"), Path.of("/nonexistent"))));
        assertEquals("not a directory", fault(file.resolve("below")));
        assertEquals("is a directory", fault(folder));
        var loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        assertEquals("too many levels of symbolic links or unable to access attributes of symbolic link", fault(loop));
        assertEquals("it is no text in UTF-8", fault(Files.write(file, new byte[] {(byte) 0xff})));
        assertEquals("it is larger than 1 MiB", fault(Files.write(file, new byte[(1 << 20) + 1])));
    }

    /** A pipe that nobody writes to would not even open, and this device has no end. */
    @Test
    void aDeviceIsNotRead() {
        assertEquals("it is a pipe or a device and no regular file", fault(Path.of("/dev/zero")));
    }

    @Test
    void noFaultNamesAClass() {
        var faults = List.of(
                new AccessDeniedException("secret"),
                new FileAlreadyExistsException("secret"),
                new NotDirectoryException("secret"),
                new FileSystemLoopException("secret"),
                new FileSystemException("secret", null, "No space left on device"),
                new FileSystemException("secret"),
                new IOException(),
                new IOException(" "),
                new IOException("Is a directory"));
        faults.forEach(fault -> {
            var text = FileText.fault(fault);
            assertFalse(text.contains("Exception") || text.contains("secret") || text.isBlank(), text);
        });
        assertEquals("no space left on device", FileText.fault(faults.get(4)));
        assertEquals("the operating system tells no reason", FileText.fault(faults.get(5)));
    }
}
