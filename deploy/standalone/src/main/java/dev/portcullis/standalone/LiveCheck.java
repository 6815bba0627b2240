package dev.portcullis.standalone;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.diagnosis.Gravity;
import dev.portcullis.kit.configuration.Fault;
import dev.portcullis.standalone.doctor.Configured;
import dev.portcullis.standalone.doctor.Configured.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of {@code check} that asks the metric sources.
 *
 * @param sources how many were asked
 * @param faults those of the settings; with any, no source was asked
 * @param found what was found, with the place to mend it
 */
record LiveCheck(int sources, List<Fault> faults, List<Told> found) {
    LiveCheck {
        faults = List.copyOf(faults);
        found = List.copyOf(found);
    }

    /**
     * Asks them. Blocks for seconds.
     *
     * @param folder one without faults
     */
    static LiveCheck of(Path folder) {
        var prometheus = Variables.orElse(Configured.PROMETHEUS, Wiring.DEFAULT_PROMETHEUS);
        var configured = Configured.read(folder, prometheus);
        return configured.faults().isEmpty()
                ? new LiveCheck(configured.sources().size(), List.of(), configured.diagnose(new SourcePause()))
                : new LiveCheck(0, configured.faults(), List.of());
    }

    /** Whether nothing is wrong but for warnings. */
    boolean well() {
        return faults.isEmpty() && count(Gravity.FAULT) == 0;
    }

    /** The lines to print. */
    List<String> lines(Palette palette) {
        List<String> lines = new ArrayList<>();
        faults.forEach(fault -> lines.add(palette.fault(fault)));
        if (faults.isEmpty()) {
            found.forEach(told -> lines.add(palette.finding(told)));
            lines.add(summary());
        }
        return lines;
    }

    private String summary() {
        long wrong = count(Gravity.FAULT);
        long warnings = count(Gravity.WARNING);
        return sources
                + (sources == 1 ? " metric source asked: " : " metric sources asked: ")
                + wrong
                + (wrong == 1 ? " fault, " : " faults, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
    }

    private long count(Gravity gravity) {
        return found.stream()
                .filter(told -> told.finding().gravity() == gravity)
                .count();
    }
}
