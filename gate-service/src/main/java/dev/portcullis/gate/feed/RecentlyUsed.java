package dev.portcullis.gate.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A map that holds so many entries at most, and drops those that were not used for the longest time. Not thread-safe, not even for reading. */
public final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int CAPACITY = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final int most;
    private final transient BiConsumer<K, V> dropped;

    /**
     * An empty one.
     *
     * @param most entries, 1 or more
     * @param dropped is told what is dropped
     */
    public RecentlyUsed(int most, BiConsumer<K, V> dropped) {
        super(CAPACITY, LOAD_FACTOR, true);
        this.most = most;
        this.dropped = dropped;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        if (size() <= most) {
            return false;
        }
        dropped.accept(eldest.getKey(), eldest.getValue());
        return true;
    }
}
