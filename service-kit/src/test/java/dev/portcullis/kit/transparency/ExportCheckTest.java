package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.transparency.LogFault.Kind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of damage of an export is named. */
final class ExportCheckTest {
    private final SampleLog log = SampleLog.of(20);

    private static LogVerification check(List<ExportedEntry> lines, boolean complete, Checkpoint... older) {
        var check = new ExportCheck(SampleLog.KEYS);
        lines.forEach(check::add);
        return check.end(complete, List.of(older));
    }

    private static ExportedEntry with(ExportedEntry line, String entry) {
        return new ExportedEntry(line.line(), line.index(), entry.getBytes(StandardCharsets.UTF_8), line.proof());
    }

    private static List<LogFault> fault(Kind kind, String detail) {
        return List.of(new LogFault(kind, detail));
    }

    @Test
    void aCompleteExportIsWhole() {
        var lines = log.exported();
        var expected = new LogVerification(20, 20, List.of());
        assertEquals(expected, check(lines, true, log.checkpointOf(7), log.checkpointOf(20)));
        assertEquals(expected, check(lines.reversed(), true));
        assertEquals(new LogVerification(3, 20, List.of()), check(lines.subList(4, 7), false));
    }

    @Test
    void linesMayHaveProofsUnderSeveralCheckpoints() {
        var lines = new ArrayList<ExportedEntry>();
        for (var i = 0; i < 20; i++) {
            lines.add(log.exported(i, i < 9 ? 9 : 20));
        }
        assertEquals(new LogVerification(20, 20, List.of()), check(lines, true));
    }

    @Test
    void aChangedEntryIsNamed() {
        var lines = log.exported();
        lines.set(4, with(lines.get(4), "entry 4 with another word"));
        assertEquals(
                fault(Kind.ENTRY_CHANGED, "entry 4 in line 5 is not what the log holds there"),
                check(lines, true).faults());
        assertEquals(
                fault(Kind.ENTRY_CHANGED, "entry 4 in line 5 is not what the log holds there"),
                check(lines, false).faults());
    }

    @Test
    void aDeletedEntryIsNamed() {
        var lines = log.exported();
        lines.remove(19);
        lines.remove(4);
        lines.remove(4);
        assertEquals(
                List.of(
                        new LogFault(Kind.ENTRY_MISSING, "entries 4 to 5 are missing"),
                        new LogFault(Kind.ENTRY_MISSING, "entry 19 is missing")),
                check(lines, true).faults());
    }

    @Test
    void anInsertedEntryIsNamed() {
        var lines = log.exported();
        var made = with(lines.get(4), "a release that never was");
        lines.add(new ExportedEntry(21, 4, made.entry(), made.proof()));
        assertEquals(
                fault(Kind.ENTRY_INSERTED, "line 21 is no entry of the log: entry 4 stands in line 5"),
                check(lines, true).faults());
        lines.set(20, new ExportedEntry(21, 20, made.entry(), made.proof()));
        assertEquals(
                fault(Kind.ENTRY_INSERTED, "line 21 is no entry of the log, which has 20 entries"),
                check(lines, true).faults());
        lines.set(20, lines.get(4));
        assertEquals(
                fault(Kind.ENTRY_INSERTED, "line 5 repeats entry 4 of line 5"),
                check(lines, true).faults());
    }

    @Test
    void swappedEntriesAreNamed() {
        var lines = log.exported();
        var entry = new String(lines.get(4).entry(), StandardCharsets.UTF_8);
        lines.set(4, with(lines.get(4), new String(lines.get(9).entry(), StandardCharsets.UTF_8)));
        lines.set(9, with(lines.get(9), entry));
        var expected = List.of(
                new LogFault(Kind.ENTRIES_SWAPPED, "line 5 says that it is entry 4, but is entry 9"),
                new LogFault(Kind.ENTRIES_SWAPPED, "line 10 says that it is entry 9, but is entry 4"));
        assertEquals(expected, check(lines, true).faults());
        var renumbered = log.exported();
        renumbered.set(
                4,
                new ExportedEntry(
                        5, 4, log.exported(9, 20).entry(), log.exported(9, 20).proof()));
        renumbered.set(
                9,
                new ExportedEntry(
                        10, 9, log.exported(4, 20).entry(), log.exported(4, 20).proof()));
        assertEquals(expected, check(renumbered, true).faults());
    }

    @Test
    void aCutEndIsSeenAgainstAnOlderCheckpoint() {
        var cut = SampleLog.of(15);
        var older = log.checkpointOf(20);
        var expected = fault(
                Kind.LOG_CUT,
                "the newest checkpoint of the export is of 15 entries, but one of 20 entries (root "
                        + older.head().root().base64()
                        + ") was signed before: the log's end was cut off, or its database was replaced by an older copy");
        assertEquals(expected, check(cut.exported(), true, older).faults());
        assertEquals(expected, check(cut.exported().subList(0, 2), false, older).faults());
        assertEquals(List.of(), check(cut.exported(), true).faults());
    }

    @Test
    void anOlderCopyThatHasGrownSinceIsSeenAgainstAnOlderCheckpoint() {
        var older = log.checkpointOf(18);
        var replaced = SampleLog.of(25, "another entry ");
        assertEquals(
                fault(
                        Kind.LOG_REWRITTEN,
                        "the first 18 entries are not those of the checkpoint with the root "
                                + older.head().root().base64() + ", which was signed before: the log was replaced"),
                check(replaced.exported(), true, older).faults());
    }

    @Test
    void aCheckpointOfAnotherKeyProvesNothing() {
        var other = SignerKey.generate("portcullis.example/audit", new SecureRandom());
        var line = log.exported(3, 20);
        var forged = new ExportedEntry(
                1,
                3,
                line.entry(),
                new TlogProof(
                        3,
                        line.proof().hashes(),
                        other.sign(line.proof().checkpoint().text())));
        assertEquals(
                fault(
                        Kind.CHECKPOINT_UNSIGNED,
                        "the checkpoint of line 1 has no good signature of the key given, so what refers to it proves nothing"),
                check(List.of(forged), false).faults());
    }
}
