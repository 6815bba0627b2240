package dev.portcullis.gate.message;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one receiver was told of one release so far. Immutable.
 *
 * @param events in the order in which they were told
 */
public record ToldEvents(List<MessageEvent> events) {
    public ToldEvents {
        events = List.copyOf(events);
    }

    /** What was opened and has not ended. */
    Set<MessageEvent> open() {
        var open = EnumSet.noneOf(MessageEvent.class);
        for (var event : events) {
            open.removeAll(event.ends());
            if (event.opens()) {
                open.add(event);
            }
        }
        return open;
    }

    /** What an event would end. */
    public Set<MessageEvent> endedBy(MessageEvent event) {
        var ended = open();
        ended.retainAll(event.ends());
        return ended;
    }

    /**
     * Whether the receiver is to be told of an event.
     *
     * @param wanted whether the configuration wants it told; what says more of something that is open is told all the same
     */
    public boolean lacks(MessageEvent event, boolean wanted) {
        var open = open();
        var known = event.opens() ? open.contains(event) : events.contains(event);
        open.retainAll(event.follows());
        return !open.isEmpty() || wanted && !known;
    }
}
