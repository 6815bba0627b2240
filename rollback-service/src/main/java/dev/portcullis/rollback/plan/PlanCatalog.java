package dev.portcullis.rollback.plan;

import java.util.Optional;

/** The plans of all services, as configured now. Thread-safe; two calls may differ when the configuration has changed. */
@FunctionalInterface
public interface PlanCatalog {
    /** The plan of a service for that mode; empty when its policy names no target for it. */
    Optional<Plan> planOf(String service, Mode mode);
}
