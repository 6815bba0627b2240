package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.source.HistogramSourceContract;
import java.time.Duration;

/** What was not sent since the last reading is stale. */
class OtlpCumulativeContractIT extends HistogramSourceContract {
    @Override
    protected Surroundings surroundings() {
        return new PushedPods(Messages.CUMULATIVE, Duration.ofMinutes(3));
    }
}
