package dev.portcullis.launcher.drill;

import dev.portcullis.kit.client.CallFaults;
import dev.portcullis.kit.rpc.RpcErrors;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A service that a drill talks to. Thread-safe; connects at the first call. */
final class Peer implements AutoCloseable {
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final String name;
    private final String address;
    private final String option;
    private final ManagedChannel channel;

    /**
     * @param name "rollback-service"
     * @param address host:port
     * @param option of the command, by which another address is named
     */
    Peer(String name, String address, String option) {
        this.name = name;
        this.address = address;
        this.option = option;
        this.channel = NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    Channel channel() {
        return channel;
    }

    /** @throws DrillException when the call fails, with what it says and what to do */
    <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw new DrillException(what + ": " + told(e), e);
        }
    }

    private String told(StatusRuntimeException error) {
        return RpcErrors.reason(error)
                .map(reason -> reason + ": " + CallFaults.description(error))
                .orElseGet(() -> name + " at " + address + ": " + CallFaults.inOneLine(error)
                        + "; start it (./portcullis up), or name it with " + option + " HOST:PORT");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
