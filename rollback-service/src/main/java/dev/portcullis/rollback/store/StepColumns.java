package dev.portcullis.rollback.store;

import dev.portcullis.kit.text.PlainText;
import dev.portcullis.rollback.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The steps of one rollback as a table within a statement, so that all are written with what else is written of it. Of what targets said, only plain text is kept. */
final class StepColumns {
    /** Their columns but for the position, which comes last. */
    static final String NAMES =
            "stage, kind, state, attempts, round, effect, seen_before, seen_after, looked_millis, revision, start_time, end_time";

    /** A table n with these columns. */
    static final String TABLE = """
            unnest(:stages, :kinds, :states, :attempts, :rounds, :effects, :stepsBefore, :stepsAfter, :lookedMillis, :revisions,
              cast(:startTimes as timestamptz[]), cast(:endTimes as timestamptz[]))
              with ordinality as n(%s, position)""".formatted(NAMES);

    private StepColumns() {}

    static <T extends SqlStatement<T>> T bind(T statement, List<Step> steps) {
        return statement
                .bindArray("stages", Integer.class, each(steps, Step::stage))
                .bindArray(
                        "kinds", String.class, each(steps, step -> step.kind().word()))
                .bindArray(
                        "states", String.class, each(steps, step -> step.state().name()))
                .bindArray("attempts", Integer.class, each(steps, Step::attempts))
                .bindArray("rounds", Integer.class, each(steps, Step::round))
                .bindArray("effects", String.class, each(steps, step -> step.effect()
                        .name()))
                .bindArray("stepsBefore", String.class, each(steps, step -> PlainText.of(step.seenBefore())))
                .bindArray("stepsAfter", String.class, each(steps, step -> PlainText.of(step.seenAfter())))
                .bindArray("lookedMillis", Long.class, each(steps, step -> step.looks()
                        .time()
                        .toMillis()))
                .bindArray("revisions", String.class, each(steps, step -> step.looks()
                        .revision()))
                .bindArray("startTimes", String.class, each(steps, step -> text(step.startTime())))
                .bindArray("endTimes", String.class, each(steps, step -> text(step.endTime())));
    }

    private static @Nullable Object[] each(List<Step> steps, Function<Step, ? extends @Nullable Object> column) {
        return steps.stream().map(column).toArray();
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
