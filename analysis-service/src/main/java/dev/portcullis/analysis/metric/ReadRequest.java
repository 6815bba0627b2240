package dev.portcullis.analysis.metric;

import dev.portcullis.analysis.query.Arms;
import dev.portcullis.analysis.slo.Objective;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one analysis wants to be read.
 *
 * @param objectives names unique
 * @param arms of which pods
 */
public record ReadRequest(List<Objective> objectives, Arms arms) {
    public ReadRequest {
        objectives = List.copyOf(objectives);
    }

    /** Names of the sources that answer it. */
    public Set<String> sources() {
        return objectives.stream()
                .map(objective -> objective.indicator().source())
                .collect(Collectors.toUnmodifiableSet());
    }
}
