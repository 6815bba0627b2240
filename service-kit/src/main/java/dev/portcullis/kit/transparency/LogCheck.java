package dev.portcullis.kit.transparency;

import dev.portcullis.kit.transparency.LogFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Goes through the places of the log in order and names what is not as it was written. What an intruder has changed together with its hash is found by the signed
 * checkpoints: then it is known between which two of them it is. Not thread-safe.
 */
public final class LogCheck {
    private static final int MOST_FAULTS = 100;

    private final List<VerifierKey> keys;
    private final List<LogFault> faults = new ArrayList<>();
    /** Those that no place was held against yet, the smallest tree first. */
    private final PriorityQueue<Checkpoint> signed =
            new PriorityQueue<>(Comparator.comparingLong(known -> known.head().size()));

    private final GrowingTree tree = new GrowingTree();
    /** Entries that are not what their place says, by the hash that they have. */
    private final Map<TreeHash, PlacedEntry> foreign = new HashMap<>();

    private final List<PlacedEntry> wrong = new ArrayList<>();
    private long next;
    private long good;
    private boolean rewritten;
    private boolean gap;

    /** @param keys of the log, of now and of before; a checkpoint of none of them counts as unsigned */
    public LogCheck(List<VerifierKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Takes a checkpoint, before the last place under it is taken. */
    public void expect(SignedNote note) {
        Checkpoint.verifiedByOne(note, keys)
                .ifPresentOrElse(
                        signed::add,
                        () -> fault(
                                Kind.CHECKPOINT_UNSIGNED,
                                "a checkpoint has no good signature of the log's key: "
                                        + note.text().strip().replace("\n", " ")));
    }

    /** Takes the next place. */
    public void add(PlacedEntry entry) {
        if (entry.index() != next) {
            gap = true;
            fault(
                    Kind.ENTRY_MISSING,
                    entry.index() - next == 1
                            ? "entry " + next + " and its place are missing"
                            : "entries " + next + " to " + (entry.index() - 1) + " and their places are missing");
        }
        next = entry.index() + 1;
        var hash = entry.entryHash();
        if (hash.isEmpty()) {
            fault(Kind.ENTRY_MISSING, "entry " + entry.index() + " is missing");
        } else if (!hash.get().equals(entry.leaf())) {
            wrong.add(entry);
            foreign.put(hash.get(), entry);
        }
        if (!gap) {
            tree.add(entry.leaf());
            compare();
        }
    }

    private void compare() {
        while (!signed.isEmpty() && signed.peek().head().size() <= tree.size()) {
            var checkpoint = signed.remove();
            if (checkpoint.head().equals(tree.head())) {
                good = tree.size();
            } else if (!rewritten) {
                rewritten = true;
                fault(
                        Kind.LOG_REWRITTEN,
                        "the first " + checkpoint.head().size() + " entries are not those of the checkpoint of "
                                + checkpoint.head().size() + " entries (root "
                                + checkpoint.head().root().base64() + "): something between entry " + good
                                + " and entry "
                                + (checkpoint.head().size() - 1)
                                + " was changed, removed or inserted together with its hash");
            }
        }
    }

    /**
     * What was found.
     *
     * @param unplaced entries that have waited too long for a place
     */
    public LogVerification end(long unplaced) {
        wrong.forEach(this::nameWrong);
        if (!gap) {
            signed.stream()
                    .max(Comparator.comparingLong(known -> known.head().size()))
                    .ifPresent(
                            newest -> fault(
                                    Kind.LOG_CUT,
                                    "the log has " + tree.size() + " entries, but a checkpoint of "
                                            + newest.head().size()
                                            + " entries (root "
                                            + newest.head().root().base64()
                                            + ") was signed: its end was cut off, or the database was replaced by an older copy"));
            if (signed.isEmpty() && !rewritten && good < tree.size()) {
                fault(
                        Kind.ENTRY_INSERTED,
                        "entry " + good + (tree.size() - good == 1 ? "" : " to " + (tree.size() - 1))
                                + " stands behind the newest checkpoint, where nothing stands that was signed");
            }
        }
        if (unplaced > 0) {
            fault(
                    Kind.ENTRY_UNPLACED,
                    unplaced + (unplaced == 1 ? " entry has" : " entries have")
                            + " waited for a place longer than it takes: no service that has the key is running, or it refuses to sign");
        }
        return new LogVerification(next, good, faults);
    }

    private void nameWrong(PlacedEntry entry) {
        var other = foreign.get(entry.leaf());
        if (other == null) {
            fault(Kind.ENTRY_CHANGED, "entry " + entry.index() + " is not what was recorded there");
        } else if (other.index() > entry.index()) {
            fault(
                    Kind.ENTRIES_SWAPPED,
                    "what was recorded as entry " + entry.index() + " stands at " + other.index() + " now");
        }
    }

    private void fault(Kind kind, String detail) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new LogFault(kind, detail));
        }
    }
}
