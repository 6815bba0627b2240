package dev.portcullis.rollback.cluster;

/**
 * Whether an API server that answers 403 has only just started. For some tenths of a second, longer with many roles, such a server has no roles yet and refuses
 * everybody everything, which looks like a right that is missing (seen of kube-apiserver 1.34). Thread-safe.
 */
record ServerStart(ApiServer server) {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    /** Any right would do: every account may ask for its own (role system:basic-user). */
    private static final ApiRequest REVIEW =
            ApiRequest.review(ResourceAccess.toAll("list", ResourceKind.REPLICA_SET, "default"));

    /**
     * Asks for the account's own rights first and whether the server is ready second: the roles are there before it is ready. Where the account may ask
     * neither and gets 403 for both, it is taken for a start.
     */
    boolean isUnderWay() {
        try {
            var review = server.send(REVIEW);
            var ready = server.send(ApiRequest.ready());
            return ready.status() != OK && (ready.isServersFault() || review.status() == FORBIDDEN);
        } catch (ClusterException e) {
            return true;
        }
    }
}
