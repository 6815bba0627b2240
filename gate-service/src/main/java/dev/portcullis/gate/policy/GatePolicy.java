package dev.portcullis.gate.policy;

/**
 * The gate's part of a ReleasePolicy.
 *
 * @param name of the ReleasePolicy
 * @param service the service it is for
 * @param undecided what to do at the deadline
 */
public record GatePolicy(String name, String service, UndecidedAction undecided) {}
