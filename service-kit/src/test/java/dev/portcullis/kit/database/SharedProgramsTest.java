package dev.portcullis.kit.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedProgramsTest {
    @TempDir
    Path folder;

    private SharedPrograms shared;
    private Path unpacked;

    @BeforeEach
    void unpack() throws IOException {
        shared = new SharedPrograms(folder.resolve("cache/portcullis"));
        unpacked = Files.createDirectories(folder.resolve("unpacked/bin")).getParent();
        Files.writeString(unpacked.resolve("bin/postgres"), "a program");
        Files.createSymbolicLink(unpacked.resolve("bin/postmaster"), Path.of("postgres"));
    }

    private boolean taken() throws IOException {
        return shared.take("18", folder.resolve("taken"));
    }

    @Test
    void whatIsKeptIsTakenWithoutACopyAndIsNobodyElses() throws Exception {
        assertFalse(taken());
        shared.keep("18", unpacked);
        assertTrue(taken());
        assertTrue(Files.isSameFile(unpacked.resolve("bin/postgres"), folder.resolve("taken/bin/postgres")));
        assertEquals(Path.of("postgres"), Files.readSymbolicLink(folder.resolve("taken/bin/postmaster")));
        for (var kept : new String[] {"cache", "cache/portcullis", "cache/portcullis/18"}) {
            assertEquals(
                    "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(kept))));
        }
    }

    @Test
    void anotherVersionIsNotTaken() throws Exception {
        shared.keep("17", unpacked);
        assertFalse(taken());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache/portcullis", "cache/portcullis/18"})
    void whatOthersMayChangeIsNotTaken(String open) throws Exception {
        shared.keep("18", unpacked);
        Files.setPosixFilePermissions(folder.resolve(open), PosixFilePermissions.fromString("rwx-w----"));
        assertFalse(taken());
        assertTrue(Files.notExists(folder.resolve("taken")));
    }

    @Test
    void whatBelongsToAnotherUserIsNotTaken() throws Exception {
        shared.keep("18", unpacked);
        assumeTrue(new UnixSystem().getUid() == 0, "only root can give a folder away");
        Files.setAttribute(folder.resolve("cache/portcullis/18"), "unix:uid", 12_345);
        assertFalse(taken());
    }

    @Test
    void aLinkToAFolderIsNotTaken() throws Exception {
        shared.keep("18", unpacked);
        Files.move(folder.resolve("cache/portcullis/18"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("cache/portcullis/18"), folder.resolve("elsewhere"));
        assertFalse(taken());
    }

    @Test
    void nothingIsKeptWhereOthersMayChangeIt() throws Exception {
        var open = Files.createDirectories(folder.resolve("cache/portcullis"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        shared.keep("18", unpacked);
        try (var files = Files.list(open)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void whatAnInterruptedProcessHasLeftIsNotTakenAndIsRemovedByTheNext() throws Exception {
        shared.keep("17", unpacked);
        var left = Files.createDirectories(folder.resolve("cache/portcullis/begun/lib"));
        assertFalse(taken());
        shared.keep("18", unpacked);
        assertTrue(taken());
        assertTrue(Files.notExists(left));
        assertTrue(Files.notExists(folder.resolve("taken/lib")));
    }

    @Test
    void nothingIsKeptWhileAnotherKeepsSomething() throws Exception {
        shared.keep("17", unpacked);
        try (var channel = FileChannel.open(folder.resolve("cache/portcullis/lock"), StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertTrue(lock.isValid());
            shared.keep("18", unpacked);
        }
        assertFalse(taken());
    }

    @Test
    void whereNothingCanBeKeptNothingIs() throws Exception {
        Files.writeString(folder.resolve("cache"), "no folder");
        shared.keep("18", unpacked);
        assertFalse(taken());
    }
}
