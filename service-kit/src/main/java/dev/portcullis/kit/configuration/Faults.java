package dev.portcullis.kit.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The faults found so far in one reading of a configuration folder; the same fault counts once. On the way, a listener hears which
 * keys were asked for. Not thread-safe.
 */
public final class Faults {
    private static final Comparator<Fault> BY_PLACE =
            Comparator.comparing(Fault::file).thenComparingInt(Fault::line);

    private final Set<Fault> found = new LinkedHashSet<>();
    private final KeyListener listener;

    public Faults() {
        this(KeyListener.NONE);
    }

    /** @param listener hears of every key that is asked for */
    public Faults(KeyListener listener) {
        this.listener = listener;
    }

    KeyListener listener() {
        return listener;
    }

    /** A place for faults that nobody is told, since they follow from one that was; its listener is the same. */
    Faults unheard() {
        return new Faults(listener);
    }

    public void add(Fault fault) {
        found.add(fault);
    }

    /** Adds a fault at the line where {@code where} begins. */
    public void add(YamlMapping where, String message) {
        add(where.file(), where.line(), message);
    }

    public void add(String file, int line, String message) {
        add(new Fault(file, line, message));
    }

    void addAll(Collection<Fault> faults) {
        found.addAll(faults);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All faults by file and line; those of one line in the order they were found. */
    public List<Fault> list() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
