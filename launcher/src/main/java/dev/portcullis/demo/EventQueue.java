package dev.portcullis.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happens in the shop on its own, by the shop's own time. Not thread-safe. */
final class EventQueue {
    private record Entry(Duration at, Runnable event) {}

    private final List<Entry> entries = new ArrayList<>();
    private Duration now = Duration.ZERO;

    /** Plans an event. */
    void after(Duration wait, Runnable event) {
        entries.add(new Entry(now.plus(wait), event));
    }

    /** Lets time pass, and answers what is due now, earliest first. */
    List<Runnable> advance(Duration elapsed) {
        now = now.plus(elapsed);
        var due = entries.stream()
                .filter(entry -> entry.at().compareTo(now) <= 0)
                .sorted(Comparator.comparing(Entry::at))
                .toList();
        entries.removeAll(due);
        return due.stream().map(Entry::event).toList();
    }
}
