package dev.portcullis.rollback.plan;

/**
 * One target in the chain of a plan.
 *
 * @param target what is acted on
 * @param routesTraffic whether it moves requests between running revisions, so that users are off the bad one before its pods are gone
 * @param optional whether the chain goes on without it when it cannot be done soon
 */
public record Stage(TargetSettings target, boolean routesTraffic, boolean optional) {}
