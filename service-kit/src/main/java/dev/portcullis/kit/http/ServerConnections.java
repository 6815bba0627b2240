package dev.portcullis.kit.http;

import dev.portcullis.kit.lifecycle.StartupException;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link ServerConnection} into every connection of the HTTP server, of which there are a number at most: one more is closed before anything is read of it.
 * Thread-safe.
 */
@Singleton
final class ServerConnections implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);

    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    ServerConnections(@Property(name = "portcullis.http.max-connections") int most) {
        if (most < 1) {
            throw new StartupException("PORTCULLIS_MAX_CONNECTIONS: is " + most + "; legal: 1 or more");
        }
        this.most = most;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        var registry = event.getBean();
        registry.register(new NettyServerCustomizer() {
            @Override
            public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                return role == ChannelRole.CONNECTION ? new OfConnection(channel) : this;
            }
        });
        return registry;
    }

    private void count(Channel channel) {
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > most) {
            LOG.warn("A connection over HTTP is closed, for {} are open (PORTCULLIS_MAX_CONNECTIONS)", most);
            channel.close();
        }
    }

    private final class OfConnection implements NettyServerCustomizer {
        private final Channel channel;

        OfConnection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onInitialPipelineBuilt() {
            count(channel);
        }

        @Override
        public void onStreamPipelineBuilt() {
            var codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
            var connection = new ServerConnection();
            channel.pipeline()
                    .addBefore(codec, "portcullis-bytes", connection.bytes())
                    .addAfter(codec, "portcullis-connection", connection);
        }
    }
}
