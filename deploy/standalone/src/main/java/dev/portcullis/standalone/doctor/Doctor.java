package dev.portcullis.standalone.doctor;

import dev.portcullis.analysis.diagnosis.Pause;
import java.util.List;
import java.util.function.Consumer;

/** All examinations one after the other. */
public final class Doctor {
    private final List<Examination> examinations;

    /** @param pause between two looks at metric sources that keep no history */
    public Doctor(Pause pause) {
        this.examinations = List.of(
                environment -> List.of(JavaExamination.outcome()),
                new DatabaseExamination(),
                new ServiceExamination(),
                new MetricsExamination(pause),
                new OtlpExamination(),
                new RollbackExamination(),
                new TelemetryExamination());
    }

    /**
     * Examines.
     *
     * @param each hears of every outcome as soon as it is there
     * @return whether nothing failed
     */
    public boolean examine(Environment environment, Consumer<Outcome> each) {
        boolean well = true;
        for (Examination examination : examinations) {
            for (Outcome outcome : examination.outcomes(environment)) {
                each.accept(outcome);
                well &= outcome.state() != Outcome.State.FAILED;
            }
        }
        return well;
    }
}
