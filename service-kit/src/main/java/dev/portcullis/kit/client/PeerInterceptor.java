package dev.portcullis.kit.client;

import dev.portcullis.kit.identity.PeerTokens;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Says with every call which service of Portcullis makes it, and on whose behalf if its options name somebody. Thread-safe. */
final class PeerInterceptor implements ClientInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final PeerTokens tokens;
    private final String audience;

    /** @param audience full name of the gRPC service that is called */
    PeerInterceptor(PeerTokens tokens, String audience) {
        this.tokens = tokens;
        this.audience = audience;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> answers, Metadata headers) {
                var caller = options.getOption(ClientChannels.ON_BEHALF_OF);
                headers.put(
                        AUTHORIZATION,
                        "Bearer " + (caller == null ? tokens.of(audience) : tokens.of(audience, caller)));
                super.start(answers, headers);
            }
        };
    }
}
