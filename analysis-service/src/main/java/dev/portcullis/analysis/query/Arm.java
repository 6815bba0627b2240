package dev.portcullis.analysis.query;

import java.util.Map;

/**
 * The pods of one side of a comparison: those whose series have this value of this label.
 *
 * @param label name of the label
 * @param value its value
 */
public record Arm(String label, String value) {
    /** Whether a series with these labels is one of its pods'. */
    public boolean owns(Map<String, String> labels) {
        return value.equals(labels.get(label));
    }
}
