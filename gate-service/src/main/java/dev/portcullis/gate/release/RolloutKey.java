package dev.portcullis.gate.release;

/** The rollout that releases are attempts of; those of one rollout supersede each other. Namespace and rollout may be empty. */
public record RolloutKey(String service, String namespace, String rollout) {}
