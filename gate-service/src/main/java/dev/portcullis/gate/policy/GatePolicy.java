package dev.portcullis.gate.policy;

/**
 * The gate's part of a ReleasePolicy.
 *
 * @param service the service it is for
 * @param undecided what to do at the deadline
 */
public record GatePolicy(String service, UndecidedAction undecided) {}
