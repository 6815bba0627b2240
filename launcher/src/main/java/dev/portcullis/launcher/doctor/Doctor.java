package dev.portcullis.launcher.doctor;

import dev.portcullis.analysis.tool.diagnosis.Pause;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** All examinations one after the other. */
public final class Doctor {
    private final List<Examination> examinations;

    /** @param pause between two looks at metric sources that keep no history */
    public Doctor(Pause pause) {
        this.examinations = List.of(
                environment -> List.of(JavaExamination.result()),
                new DatabaseExamination(),
                new TlsExamination(InstantSource.system()),
                new ServiceExamination(),
                new MetricsExamination(pause),
                new OtlpExamination(),
                new RollbackExamination(),
                new MessageExamination(),
                new TokenExamination(InstantSource.system()),
                new TelemetryExamination());
    }

    /**
     * Examines.
     *
     * @param each hears of every outcome as soon as it is there
     * @return whether nothing failed
     */
    public boolean examine(Environment environment, Consumer<CheckResult> each) {
        boolean well = true;
        for (Examination examination : examinations) {
            for (CheckResult result : examination.outcomes(environment)) {
                each.accept(result);
                well &= result.state() != CheckResult.State.FAILED;
            }
        }
        return well;
    }
}
