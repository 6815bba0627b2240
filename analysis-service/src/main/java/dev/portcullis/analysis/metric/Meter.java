package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.slo.Objective;
import java.util.List;

/** Reads the counters of all objectives of one release. Thread-safe; blocks for a bounded time (2 s at most). */
public interface Meter {
    /** One reading; never throws for what a metrics backend does. */
    MeterReading read(List<Objective> objectives, Arms arms);
}
