package dev.portcullis.analysis.source.otlp;

import dev.portcullis.analysis.source.HistogramSourceContract;
import java.time.Duration;

/** As SDKs do it, a counter without new events is not sent. */
class OtlpDeltaContractIT extends HistogramSourceContract {
    @Override
    protected Surroundings surroundings() {
        return new PushedPods(Messages.DELTA, Duration.ofSeconds(15));
    }

    @Override
    protected boolean countersMayFall() {
        return false;
    }
}
