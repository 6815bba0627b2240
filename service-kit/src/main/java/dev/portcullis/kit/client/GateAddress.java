package dev.portcullis.kit.client;

/** Where gate-service is asked by the services that it asks itself. Thread-safe. */
public final class GateAddress {
    private volatile String address;

    /** @param address host:port */
    public GateAddress(String address) {
        this.address = address;
    }

    /** host:port. */
    public String get() {
        return address;
    }

    /** Says where it is by now, for whoever starts it after the others in one process, at a port that nobody knew before. */
    public void set(String started) {
        address = started;
    }
}
