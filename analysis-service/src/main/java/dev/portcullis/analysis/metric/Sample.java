package dev.portcullis.analysis.metric;

import java.util.Map;

/**
 * The value of one series at one moment, as the source gave it.
 *
 * @param labels all labels, among them the metric's name as {@link Selector#NAME_LABEL}
 * @param value a count, or whatever the source calls one: may be NaN, infinite or negative
 */
public record Sample(Map<String, String> labels, double value) {
    public Sample {
        labels = Map.copyOf(labels);
    }
}
