package dev.portcullis.gate.console.chart;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Steps one under the other, each as long as it took, with the moment by which something was promised.
 *
 * @param title what is drawn, in a few words
 * @param steps in order
 * @param from when all began
 * @param now until when steps that go on are drawn
 * @param promise by when it was promised; empty for no promise
 */
public record StepChart(String title, List<Step> steps, Instant from, Instant now, Optional<Promise> promise) {
    private static final double WIDTH = 560;
    private static final double ROW = 24;
    private static final double TOP = 24;
    private static final double BELOW = 26;
    private static final double BAR = 12;
    private static final double GAP = 10;
    private static final double TEXT = 4;
    private static final double LEAST = 3;
    private static final int TICKS = 6;

    /** Keeps its own copy. */
    public StepChart {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param name what it does
     * @param kind class of its bar: "done", "active" or "failed"
     * @param begin when it began; empty when it has not
     * @param end when it ended; empty when it has not
     */
    public record Step(String name, String kind, Optional<Instant> begin, Optional<Instant> end) {}

    /**
     * A promise.
     *
     * @param text what was promised
     * @param by until when
     */
    public record Promise(String text, Instant by) {}

    /** The picture; the same for the same figures. */
    public String svg() {
        var height = TOP + steps.size() * ROW + BELOW;
        var svg = Svg.image("steps", WIDTH, height, title, description());
        var left = steps.stream()
                        .mapToDouble(step -> TextWidth.of(step.name))
                        .max()
                        .orElse(0)
                + GAP;
        var right = WIDTH
                - steps.stream()
                        .mapToDouble(step -> TextWidth.of(length(step)))
                        .max()
                        .orElse(0)
                - 2 * GAP;
        var end = last();
        var bottom = TOP + steps.size() * ROW;
        for (var i = 0; i <= TICKS; i++) {
            var x = left + (right - left) * i / TICKS;
            svg.line("grid", x, TOP, x, bottom);
        }
        svg.line("base", left, bottom, right, bottom);
        svg.label("tick", left, bottom + BELOW - GAP, "0 s");
        svg.label("tick end", right, bottom + BELOW - GAP, DurationText.seconds(Duration.between(from, end)));
        for (var i = 0; i < steps.size(); i++) {
            row(svg, steps.get(i), TOP + i * ROW + ROW / 2, left, right, end);
        }
        promise.ifPresent(promised -> promise(svg, promised, x(promised.by, left, right, end), bottom));
        return svg.text();
    }

    private void promise(Svg svg, Promise promised, double x, double bottom) {
        svg.line("line limit", x, TOP, x, bottom);
        var half = TextWidth.of(promised.text) / 2;
        svg.label("name limit middle", Math.clamp(x, half, WIDTH - half), TOP - GAP + 2, promised.text);
    }

    private void row(Svg svg, Step step, double y, double left, double right, Instant end) {
        svg.label("step-name", 0, y + TEXT, step.name);
        step.begin.ifPresent(begin -> {
            var x1 = x(begin, left, right, end);
            var x2 = x(step.end.orElse(now), left, right, end);
            svg.rect("step " + step.kind, x1, y - BAR / 2, Math.max(LEAST, x2 - x1), BAR);
            svg.label("tick", Math.max(x1 + LEAST, x2) + GAP / 2, y + TEXT, length(step));
        });
    }

    private double x(Instant time, double left, double right, Instant end) {
        var whole = Math.max(1, Duration.between(from, end).toMillis());
        return left
                + (right - left)
                        * Math.clamp((double) Duration.between(from, time).toMillis() / whole, 0, 1);
    }

    private Instant last() {
        return Stream.concat(
                        promise.map(Promise::by).stream(),
                        steps.stream().filter(step -> step.begin.isPresent()).map(step -> step.end.orElse(now)))
                .max(Instant::compareTo)
                .orElse(now);
    }

    private String length(Step step) {
        return step.begin
                .map(begin -> DurationText.seconds(Duration.between(begin, step.end.orElse(now)))
                        + (step.end.isPresent() ? "" : " so far"))
                .orElse("");
    }

    private String description() {
        var told = steps.stream()
                .map(step -> step.name + (step.begin.isPresent() ? " " + length(step) : " not begun"))
                .toList();
        return String.join(", ", told)
                + promise.map(promised -> "; " + promised.text).orElse("") + ".";
    }
}
