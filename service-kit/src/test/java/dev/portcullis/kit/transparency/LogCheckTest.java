package dev.portcullis.kit.transparency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.kit.transparency.LogFault.Kind;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each kind of damage of what is stored is named. */
final class LogCheckTest {
    private final SampleLog log = SampleLog.of(20);
    private final List<SignedNote> checkpoints = List.of(log.checkpoint(5), log.checkpoint(12), log.checkpoint(20));

    private LogVerification check(List<PlacedEntry> entries) {
        var check = new LogCheck(SampleLog.KEYS);
        checkpoints.forEach(check::expect);
        entries.forEach(check::add);
        return check.end(0);
    }

    private static List<LogFault> fault(Kind kind, String detail) {
        return List.of(new LogFault(kind, detail));
    }

    private static PlacedEntry with(PlacedEntry entry, Optional<String> body) {
        return new PlacedEntry(entry.index(), entry.leaf(), body);
    }

    @Test
    void whatIsAsItWasWrittenHasNoFault() {
        assertEquals(new LogVerification(20, 20, List.of()), check(log.placed()));
        var empty = new LogCheck(SampleLog.KEYS);
        assertEquals(new LogVerification(0, 0, List.of()), empty.end(0));
    }

    @Test
    void aChangedEntryIsNamed() {
        var entries = log.placed();
        entries.set(6, with(entries.get(6), Optional.of("entry 6 with another word")));
        assertEquals(
                fault(Kind.ENTRY_CHANGED, "entry 6 is not what was recorded there"),
                check(entries).faults());
    }

    @Test
    void anEntryChangedTogetherWithItsHashIsNamedByTheCheckpointsAroundIt() {
        var entries = log.placed();
        entries.set(6, SampleLog.of(20, "another ").placed().get(6));
        assertEquals(
                fault(
                        Kind.LOG_REWRITTEN,
                        "the first 12 entries are not those of the checkpoint of 12 entries (root "
                                + log.checkpointOf(12).head().root().base64()
                                + "): something between entry 5 and entry 11 was changed, removed or inserted together with its hash"),
                check(entries).faults());
    }

    @Test
    void aDeletedEntryIsNamed() {
        var entries = log.placed();
        entries.set(6, with(entries.get(6), Optional.empty()));
        assertEquals(
                fault(Kind.ENTRY_MISSING, "entry 6 is missing"), check(entries).faults());
        entries.remove(6);
        assertEquals(
                fault(Kind.ENTRY_MISSING, "entry 6 and its place are missing"),
                check(entries).faults());
        entries.remove(6);
        assertEquals(
                fault(Kind.ENTRY_MISSING, "entries 6 to 7 and their places are missing"),
                check(entries).faults());
    }

    @Test
    void anInsertedEntryIsNamed() {
        assertEquals(
                fault(
                        Kind.ENTRY_INSERTED,
                        "entry 20 stands behind the newest checkpoint, where nothing stands that was signed"),
                check(SampleLog.of(21).placed()).faults());
    }

    @Test
    void swappedEntriesAreNamedOnce() {
        var entries = log.placed();
        var six = entries.get(6).body();
        entries.set(6, with(entries.get(6), entries.get(9).body()));
        entries.set(9, with(entries.get(9), six));
        assertEquals(
                fault(Kind.ENTRIES_SWAPPED, "what was recorded as entry 6 stands at 9 now"),
                check(entries).faults());
    }

    @Test
    void aCutEndIsNamed() {
        assertEquals(
                fault(
                        Kind.LOG_CUT,
                        "the log has 15 entries, but a checkpoint of 20 entries (root "
                                + log.checkpointOf(20).head().root().base64()
                                + ") was signed: its end was cut off, or the database was replaced by an older copy"),
                check(log.placed().subList(0, 15)).faults());
    }

    @Test
    void aCheckpointOfAnotherKeyAndEntriesWithoutAPlaceAreNamed() {
        var forged = SignerKey.generate("portcullis.example/audit", new SecureRandom())
                .sign(log.checkpointOf(20).text());
        var notes = new ArrayList<>(checkpoints);
        notes.add(forged);
        var check = new LogCheck(SampleLog.KEYS);
        notes.forEach(check::expect);
        log.placed().forEach(check::add);
        assertEquals(
                List.of(
                        new LogFault(
                                Kind.CHECKPOINT_UNSIGNED,
                                "a checkpoint has no good signature of the log's key: "
                                        + forged.text().strip().replace("\n", " ")),
                        new LogFault(
                                Kind.ENTRY_UNPLACED,
                                "2 entries have waited for a place longer than it takes: no service that has the key is running, or it refuses to sign")),
                check.end(2).faults());
    }

    @Test
    void anEarlierKeyCounts() {
        var now = SignerKey.generate("portcullis.example/audit", new SecureRandom());
        var keys = LogKeys.parse(now.text() + "\n\n" + SampleLog.KEY.verifier().text() + "\n");
        var notes = List.of(log.checkpoint(5), now.sign(log.checkpointOf(20).text()));
        var check = new LogCheck(keys.verifiers());
        notes.forEach(check::expect);
        log.placed().forEach(check::add);
        assertEquals(new LogVerification(20, 20, List.of()), check.end(0));
    }
}
