package dev.portcullis.gate.calendar;

import dev.portcullis.gate.calendar.PromotionWindow.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All promotion windows of a configuration folder. Thread-safe. */
public final class PromotionCalendar {
    /** Windows that follow each other without a gap are looked at one after another; beyond that no end is told. */
    private static final int MOST = 1_000;

    private final List<PromotionWindow> windows;

    /** @param windows in the order in which they are told of */
    public PromotionCalendar(List<PromotionWindow> windows) {
        this.windows = List.copyOf(windows);
    }

    /** Why a service may not be promoted at a moment; empty when it may. */
    public Optional<Freeze> freeze(String service, Instant moment) {
        var concerned = of(service);
        return obstacle(concerned, moment).map(window -> new Freeze(window, end(concerned, moment)));
    }

    /** The freeze that begins so soon that no deploy of a service may begin any more; empty when none does. {@link Freeze#until()} is that of the freeze itself. */
    public Optional<Freeze> freezeAhead(String service, Instant moment) {
        var concerned = of(service);
        return concerned.stream()
                .filter(window -> window.effect() == Effect.DENY)
                .filter(window -> beginsBefore(window, moment))
                .min(Comparator.comparing(window -> window.schedule().at(moment).until()))
                .map(window -> new Freeze(
                        window, end(concerned, window.schedule().at(moment).until())));
    }

    /**
     * The times of all windows in a period, each window by itself, in the order of their beginnings.
     *
     * @param from of the period
     * @param to of the period, exclusive
     */
    public List<Occurrence> occurrences(Instant from, Instant to) {
        return windows.stream()
                .flatMap(window -> occurrences(window, from, to).stream())
                .sorted(Comparator.comparing(Occurrence::from))
                .toList();
    }

    private static List<Occurrence> occurrences(PromotionWindow window, Instant from, Instant to) {
        List<Occurrence> found = new ArrayList<>();
        var reached = from;
        for (int i = 0; i < MOST && reached.isBefore(to); i++) {
            var span = window.schedule().at(reached);
            if (span.inside()) {
                found.add(new Occurrence(window, reached, span.until()));
            }
            reached = span.until();
        }
        return found;
    }

    private static boolean beginsBefore(PromotionWindow window, Instant moment) {
        var span = window.schedule().at(moment);
        return !span.inside() && !span.until().isAfter(moment.plus(window.leadTime()));
    }

    private List<PromotionWindow> of(String service) {
        return windows.stream().filter(window -> window.isFor(service)).toList();
    }

    private static Optional<PromotionWindow> obstacle(List<PromotionWindow> windows, Instant moment) {
        var denied = windows.stream()
                .filter(window -> window.effect() == Effect.DENY)
                .filter(window -> window.schedule().at(moment).inside())
                .findFirst();
        return denied.isPresent() ? denied : unopened(windows, moment);
    }

    private static Optional<PromotionWindow> unopened(List<PromotionWindow> windows, Instant moment) {
        var allows = windows.stream()
                .filter(window -> window.effect() == Effect.ALLOW)
                .toList();
        return allows.stream().anyMatch(window -> window.schedule().at(moment).inside())
                ? Optional.empty()
                : allows.stream()
                        .min(Comparator.comparing(
                                window -> window.schedule().at(moment).until()));
    }

    private static Instant end(List<PromotionWindow> windows, Instant moment) {
        var reached = moment;
        for (int i = 0; i < MOST && reached.isBefore(Instant.MAX); i++) {
            var obstacle = obstacle(windows, reached);
            if (obstacle.isEmpty()) {
                return reached;
            }
            reached = obstacle.get().schedule().at(reached).until();
        }
        return Instant.MAX;
    }
}
