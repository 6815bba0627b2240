package dev.portcullis.rollback.targets.featureflag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.rollback.plan.ApplyResult;
import dev.portcullis.rollback.plan.Assignment;
import dev.portcullis.rollback.plan.Obstacle;
import dev.portcullis.rollback.plan.Precondition;
import dev.portcullis.rollback.plan.Readiness;
import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetObservation;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.RollbackTargetContract;
import dev.portcullis.rollback.targets.TargetWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagdFileIT extends RollbackTargetContract {
    private static final String OFF = FlagFile.ON.replaceFirst("ENABLED", "DISABLED");

    @TempDir
    Path parent;

    private FlagFile file;
    private FeatureFlagTarget target;
    private Map<String, String> values;

    @BeforeEach
    void write() {
        file = new FlagFile(parent);
        target = FlagFixture.target(file);
        values = file.values();
    }

    @Override
    protected TargetWorld open() {
        return new World(new FlagFile(parent));
    }

    private record World(FlagFile own) implements TargetWorld {
        @Override
        public RollbackTarget target() {
            return FlagFixture.target(own);
        }

        @Override
        public RollbackOrder order() {
            return FlagFixture.ORDER;
        }

        @Override
        public TargetSettings configured() {
            return FlagFixture.settings("flagd-file", own.values());
        }

        @Override
        public int effects() {
            return own.effects();
        }

        @Override
        public void loseAnswer(int nth) {
            own.loseAnswer(nth);
        }

        @Override
        public void loseCall(int nth) {
            own.loseCall(nth);
        }

        @Override
        public void vanish() {
            own.vanish();
        }

        @Override
        public void close() {}
    }

    private TargetSettings configured() {
        return FlagFixture.settings("flagd-file", values);
    }

    private Assignment prepared() {
        return FlagFixture.prepared(target, configured());
    }

    private Readiness.Blocked blocked() {
        return assertInstanceOf(Readiness.Blocked.class, target.prepare(FlagFixture.ORDER, configured()));
    }

    @Test
    void theFileIsReplacedWithOneWordChanged() throws IOException {
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
        var assignment = prepared();
        var inode = Files.getAttribute(file.path(), "unix:ino");
        var result = target.apply(assignment);
        assertEquals(
                new ApplyResult.Accepted(
                        "flag new-checkout in " + file.path() + " was switched off; state was ENABLED"),
                result);
        assertEquals(OFF, file.content());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
        assertFalse(inode.equals(Files.getAttribute(file.path(), "unix:ino")));
        assertEquals("shop.json", file.listing());
    }

    @Test
    void whatIsSeenIsToldInWords() {
        var ready = assertInstanceOf(Readiness.Ready.class, target.prepare(FlagFixture.ORDER, configured()));
        var flag = "flag new-checkout in " + file.path();
        assertEquals(flag + " is off", ready.goal());
        assertEquals(
                flag + " is on (ENABLED, default variant on, no targeting)",
                ready.now().text());
        assertEquals(
                List.of(new Precondition("OFF_VALUE_SET", true, "once it is off, users get the default in the code")),
                ready.preconditions());
        file.write(OFF);
        assertEquals(
                new TargetObservation.Restored(flag + " is off (DISABLED)"),
                target.observe(FlagFixture.assigned(ready.pinned())));
    }

    @Test
    void aVariantCanBeWhatOffMeans() {
        values.put("variant", "off");
        var ready = assertInstanceOf(Readiness.Ready.class, target.prepare(FlagFixture.ORDER, configured()));
        assertEquals(
                "once it is off, users get variant off, false",
                ready.preconditions().getFirst().text());
        var result = target.apply(FlagFixture.assigned(ready.pinned()));
        assertTrue(result.text().endsWith(" was switched off; defaultVariant was \"on\""), result.text());
        assertEquals(FlagFile.ON.replaceFirst("\"on\"\\}", "\"off\"}"), file.content());
        assertInstanceOf(TargetObservation.Restored.class, target.observe(FlagFixture.assigned(ready.pinned())));
    }

    @Test
    void aLateRepeatDoesNotSwitchOffWhatAPersonSwitchedOnAgain() {
        var assignment = prepared();
        target.apply(assignment);
        // The very content the file had before: only time and inode tell it from the file that was seen.
        file.write(FlagFile.ON);
        var late = assertInstanceOf(ApplyResult.Refused.class, target.apply(assignment));
        assertTrue(late.text().contains("was changed since the rollback was prepared"), late.text());
        assertTrue(late.text().endsWith("prepare the rollback anew"), late.text());
        assertEquals(FlagFile.ON, file.content());
    }

    @Test
    void anEditorBetweenLookAndRenameIsNotOverwritten() throws FlagFault {
        var seen = file.read(file.path());
        file.write(FlagFile.ON.replace("1e2", "1e3"));
        var result = file.replace(file.path(), seen.version(), OFF, "done");
        assertEquals("Again", FlagFixture.named(result));
        assertEquals("file " + file.path() + " was changed meanwhile", result.text());
        assertTrue(file.content().contains("1e3"));
        assertEquals("shop.json", file.listing());
    }

    @Test
    void aLinkIsFollowedAndStays() throws IOException {
        var link = parent.resolve("link.json");
        Files.createSymbolicLink(link, file.path());
        values.put("file", link.toString());
        target.apply(prepared());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(OFF, file.content());
    }

    @Test
    void aMountedConfigMapIsRefusedBeforehand() throws IOException {
        // As the kubelet's atomic writer lays it out (pkg/volume/util/atomic_writer.go): file -> ..data/file, ..data ->
        // ..<time>.
        var mount = Files.createDirectory(parent.resolve("mount"));
        var written = Files.createDirectory(mount.resolve("..2026_03_01_12_00_00.1234"));
        Files.writeString(written.resolve("shop.json"), FlagFile.ON);
        Files.createSymbolicLink(mount.resolve("..data"), written.getFileName());
        Files.createSymbolicLink(mount.resolve("shop.json"), Path.of("..data/shop.json"));
        values.put("file", mount.resolve("shop.json").toString());
        assertEquals(Obstacle.NOT_POSSIBLE, blocked().obstacle());
        assertTrue(
                blocked().text().contains("is a mounted ConfigMap or Secret"),
                blocked().text());
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefusedBeforehand() throws IOException {
        var folder = file.path().resolveSibling("");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Assumptions.assumeFalse(Files.isWritable(folder), "this account may write anywhere");
            assertEquals(Obstacle.ACCESS_DENIED, blocked().obstacle());
            assertTrue(
                    blocked().text().contains("cannot be written to by this service"),
                    blocked().text());
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aFileThatIsNotThereIsNotFoundBeforehandAndWaitedForLater() throws IOException {
        var assignment = prepared();
        Files.delete(file.path());
        assertEquals(Obstacle.TARGET_NOT_FOUND, blocked().obstacle());
        assertEquals(
                "file " + file.path() + " cannot be read (there is no such file or folder)",
                blocked().text());
        assertInstanceOf(TargetObservation.Unreadable.class, target.observe(assignment));
        assertEquals("Again", FlagFixture.named(target.apply(assignment)));
    }

    @Test
    void aFlagThatIsGoneIsOutOfReach() {
        var assignment = prepared();
        file.write("{\"flags\":{}}");
        assertEquals(
                new TargetObservation.OutOfReach("file " + file.path() + " has no flag 'new-checkout'"),
                target.observe(assignment));
        assertEquals("Refused", FlagFixture.named(target.apply(assignment)));
        assertEquals(Obstacle.TARGET_NOT_FOUND, blocked().obstacle());
    }

    @Test
    void bytesThatAreNoTextAreUnreadable() throws IOException {
        var assignment = prepared();
        Files.write(file.path(), new byte[] {'{', (byte) 0xff, '}'});
        assertEquals(
                new TargetObservation.Unreadable("file " + file.path() + " is no text in UTF-8"),
                target.observe(assignment));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Permission denied, Refused",
        "Read-only file system, Refused",
        "Operation not permitted, Refused",
        "No space left on device, Again",
    })
    void aDiskThatDoesNotTakeTheFileIsToldWithItsReason(String reason, String meaning) {
        var disk = new FlagFiles() {
            @Override
            Path beside(Path real, String text) throws IOException {
                throw reason.equals("Permission denied")
                        ? new AccessDeniedException(real.toString())
                        : new FileSystemException(real.toString(), null, reason);
            }
        };
        var result = FlagFixture.target(disk).apply(prepared());
        assertEquals(meaning, FlagFixture.named(result));
        assertEquals(
                "file " + file.path() + " cannot be replaced (" + reason.toLowerCase(Locale.ROOT) + ")", result.text());
        assertEquals(FlagFile.ON, file.content());
    }

    @Test
    void theCommandsForAPersonDoTheSame() throws Exception {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v jq").start().waitFor() == 0, "no jq on the PATH");
        var assignment = prepared();
        var look = new ProcessBuilder("sh", "-c", target.commandToLook(assignment)).start();
        assertEquals(0, look.waitFor());
        assertTrue(new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("ENABLED"));
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", target.commandToApply(assignment))
                        .start()
                        .waitFor());
        assertInstanceOf(TargetObservation.Restored.class, target.observe(assignment));
        assertEquals("shop.json", file.listing());
    }
}
