package dev.portcullis.analysis.configuration;

import dev.portcullis.analysis.slo.Indicator;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An SLO document; what is empty was faulty.
 *
 * @param place file and line, for messages about it elsewhere
 * @param service the service it is an SLO of; empty text after a fault
 * @param target promised ratio of good requests
 * @param indicator how good and bad are counted
 */
record DeclaredSlo(String place, String service, OptionalDouble target, Optional<Indicator> indicator) {}
