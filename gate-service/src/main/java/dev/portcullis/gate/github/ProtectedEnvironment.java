package dev.portcullis.gate.github;

/**
 * An environment of a repository, and the question by which deployments to it are decided. Immutable.
 *
 * @param repository "owner/name"
 * @param environment its name at GitHub
 * @param service the policy's service
 * @param stage pre-deploy, canary-1 to canary-99, or post-deploy
 */
public record ProtectedEnvironment(String repository, String environment, String service, String stage) {}
