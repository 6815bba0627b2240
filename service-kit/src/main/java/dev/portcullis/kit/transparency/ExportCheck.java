package dev.portcullis.kit.transparency;

import dev.portcullis.kit.transparency.LogFault.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks entries that were taken out of a log, by its keys alone: every line by its own proof, and a complete export also for what is missing and for whether it goes
 * back to older checkpoints. Not thread-safe.
 */
public final class ExportCheck {
    /** Each line that is wrong is held against the proofs of all others that are, up to so many. */
    private static final int MOST_COMPARED = 500;

    private static final int MOST_FAULTS = 100;

    private final List<VerifierKey> keys;
    private final List<VerifierKey> witnesses;
    private final List<LogFault> faults = new ArrayList<>();
    /** Notes whose signature was looked at, and what they say if it is good. */
    private final TreeMap<String, Optional<Checkpoint>> notes = new TreeMap<>();
    /** The entries whose place is proved, by place. */
    private final TreeMap<Long, ExportedEntry> proved = new TreeMap<>();

    private final List<ExportedEntry> wrong = new ArrayList<>();
    private TreeHead newest = TreeHead.EMPTY;

    /** @param keys of the log, of now and of before */
    public ExportCheck(List<VerifierKey> keys) {
        this(keys, List.of());
    }

    /**
     * One that wants cosignatures.
     *
     * @param keys of the log, of now and of before
     * @param witnesses who all must have cosigned each checkpoint
     */
    public ExportCheck(List<VerifierKey> keys, List<VerifierKey> witnesses) {
        this.keys = List.copyOf(keys);
        this.witnesses = List.copyOf(witnesses);
    }

    /** Takes a line, in any order. */
    public void add(ExportedEntry line) {
        var checkpoint = notes.computeIfAbsent(line.proof().checkpoint().format(), text -> signed(line));
        if (checkpoint.isEmpty()) {
            return;
        }
        if (checkpoint.get().head().size() > newest.size()) {
            newest = checkpoint.get().head();
        }
        if (line.index() != line.proof().index() || !line.proves(line.leaf())) {
            wrong.add(line);
            return;
        }
        var other = proved.putIfAbsent(line.index(), line);
        if (other != null) {
            fault(
                    Kind.ENTRY_INSERTED,
                    "line " + line.line() + " repeats entry " + line.index() + " of line " + other.line());
        }
    }

    private Optional<Checkpoint> signed(ExportedEntry line) {
        var checkpoint = Checkpoint.verifiedByOne(line.proof().checkpoint(), keys);
        if (checkpoint.isEmpty()) {
            fault(
                    Kind.CHECKPOINT_UNSIGNED,
                    "the checkpoint of line " + line.line()
                            + " has no good signature of the key given, so what refers to it proves nothing");
        }
        return checkpoint.filter(signed -> isWitnessed(line));
    }

    private boolean isWitnessed(ExportedEntry line) {
        var missing = witnesses.stream()
                .filter(witness -> !witness.signs(line.proof().checkpoint()))
                .toList();
        missing.forEach(witness -> fault(
                Kind.CHECKPOINT_UNWITNESSED,
                "the checkpoint of line " + line.line() + " has no good cosignature of the witness " + witness.name()
                        + ", so what refers to it may be another log than others see"));
        return missing.isEmpty();
    }

    /**
     * What was found.
     *
     * @param complete whether every entry of the log has to be there
     * @param older checkpoints that were kept or witnessed before; of a selection of entries only their sizes can be compared
     */
    public LogVerification end(boolean complete, List<Checkpoint> older) {
        Set<Long> told = new HashSet<>();
        for (var line : wrong) {
            nameWrong(line, told);
        }
        for (var known : older) {
            if (known.head().size() > newest.size()) {
                fault(
                        Kind.LOG_CUT,
                        "the newest checkpoint of the export is of " + newest.size() + " entries, but one of "
                                + known.head().size() + " entries (root "
                                + known.head().root().base64()
                                + ") was signed before: the log's end was cut off, or its database was replaced by an older copy");
            }
        }
        if (complete) {
            nameMissing(told);
            compareRoots(older);
        }
        return new LogVerification(proved.size(), newest.size(), faults);
    }

    private void nameWrong(ExportedEntry line, Set<Long> told) {
        var here = proved.get(line.index());
        if (here != null || line.index() >= newest.size()) {
            fault(
                    Kind.ENTRY_INSERTED,
                    "line " + line.line() + " is no entry of the log"
                            + (here == null
                                    ? ", which has " + newest.size() + " entries"
                                    : ": entry " + line.index() + " stands in line " + here.line()));
            return;
        }
        told.add(line.index());
        var leaf = line.leaf();
        var place = wrong.size() > MOST_COMPARED
                ? Optional.<ExportedEntry>empty()
                : wrong.stream()
                        .filter(other -> other.proof().index() != line.index() && other.proves(leaf))
                        .findFirst();
        if (place.isEmpty()) {
            fault(
                    Kind.ENTRY_CHANGED,
                    "entry " + line.index() + " in line " + line.line() + " is not what the log holds there");
        } else {
            fault(
                    Kind.ENTRIES_SWAPPED,
                    "line " + line.line() + " says that it is entry " + line.index() + ", but is entry "
                            + place.get().proof().index());
        }
    }

    private void nameMissing(Set<Long> told) {
        long first = -1;
        for (long index = 0; index <= newest.size(); index++) {
            var missing = index < newest.size() && !proved.containsKey(index) && !told.contains(index);
            if (missing && first < 0) {
                first = index;
            } else if (!missing && first >= 0) {
                fault(
                        Kind.ENTRY_MISSING,
                        index - first == 1
                                ? "entry " + first + " is missing"
                                : "entries " + first + " to " + (index - 1) + " are missing");
                first = -1;
            }
        }
    }

    /** Only where every entry is there and proved; otherwise what is wrong was told. */
    private void compareRoots(List<Checkpoint> older) {
        if (proved.size() != newest.size()) {
            return;
        }
        var heads = new TreeMap<Long, Set<TreeHead>>();
        older.forEach(known -> heads.computeIfAbsent(known.head().size(), size -> new HashSet<>())
                .add(known.head()));
        notes.values().stream().flatMap(Optional::stream).forEach(known -> heads.computeIfAbsent(
                        known.head().size(), size -> new HashSet<>())
                .add(known.head()));
        var tree = new GrowingTree();
        for (var line : proved.values()) {
            tree.add(line.leaf());
            for (var head : heads.getOrDefault(tree.size(), Set.of())) {
                if (!head.equals(tree.head())) {
                    fault(
                            Kind.LOG_REWRITTEN,
                            "the first " + head.size() + " entries are not those of the checkpoint with the root "
                                    + head.root().base64() + ", which was signed before: the log was replaced");
                }
            }
        }
    }

    private void fault(Kind kind, String detail) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new LogFault(kind, detail));
        }
    }
}
