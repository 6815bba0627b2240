package dev.portcullis.standalone;

import dev.portcullis.analysis.Wiring;
import dev.portcullis.analysis.diagnosis.Gravity;
import dev.portcullis.standalone.doctor.Configured;
import dev.portcullis.standalone.doctor.Configured.Told;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The part of {@code check} that asks the metric sources. */
final class LiveCheck {
    private LiveCheck() {}

    /**
     * Asks them, and prints what is found with the place to mend it.
     *
     * @param folder one without faults
     * @return whether nothing is wrong but for warnings
     */
    static boolean run(Path folder, PrintWriter out) {
        var prometheus = Variables.orElse(Configured.PROMETHEUS, Wiring.DEFAULT_PROMETHEUS);
        var configured = Configured.read(folder, prometheus);
        configured.faults().forEach(out::println);
        if (!configured.faults().isEmpty()) {
            return false;
        }
        List<Told> found = configured.diagnose(new SourcePause());
        found.forEach(told -> out.println(told.place()));
        long faults = count(found, Gravity.FAULT);
        long warnings = count(found, Gravity.WARNING);
        int sources = configured.sources().size();
        out.println(sources
                + (sources == 1 ? " metric source asked: " : " metric sources asked: ")
                + faults
                + (faults == 1 ? " fault, " : " faults, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings"));
        return faults == 0;
    }

    private static long count(List<Told> found, Gravity gravity) {
        return found.stream()
                .filter(told -> told.finding().gravity() == gravity)
                .count();
    }
}
