package dev.portcullis.kit.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The text of a small file such as a token or a certificate, and why a file could not be used, in words for people. Stateless. */
public final class FileText {
    /** The size of the largest file that is read: a larger one is a wrong one. */
    private static final int LARGEST_BYTES = 1 << 20;

    /** In bytes. */
    private static final int LONGEST_FAULT = 200;

    private FileText() {}

    /**
     * All of a file.
     *
     * @throws IOException when it cannot be read, is larger than 1 MiB, is no text of the charset, or is a pipe or a device, which may have no end
     */
    public static String read(Path file, Charset charset) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "It is a pipe or a device and no regular file");
        }
        try (var stream = Files.newInputStream(file)) {
            var bytes = stream.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new FileSystemException(file.toString(), null, "It is larger than 1 MiB");
            }
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    /** Why a file or folder could not be used, to stand after "cannot be read: ": never the name of a class, never content, not the path. */
    public static String fault(IOException fault) {
        return switch (fault) {
            case NoSuchFileException absent -> "there is no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException there -> "it is there already";
            case NotDirectoryException file -> "it is no folder";
            case DirectoryNotEmptyException filled -> "the folder is not empty";
            case FileSystemLoopException loop -> "a link leads back to a folder that it stands in";
            case CharacterCodingException bytes -> "it is no text in UTF-8";
            case FileSystemException told -> worded(Optional.ofNullable(told.getReason()));
            default -> worded(Optional.ofNullable(fault.getMessage()));
        };
    }

    /** As the operating system says it, which begins with a capital letter: "Not a directory", "No space left on device". */
    private static String worded(Optional<String> reason) {
        return reason.filter(text -> !text.isBlank())
                .map(text -> text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1))
                .map(text -> PlainText.line(text, LONGEST_FAULT))
                .orElse("the operating system tells no reason");
    }
}
