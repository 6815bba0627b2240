package dev.portcullis.rollback.crash;

import dev.portcullis.rollback.target.webhook.SwitchWorld;
import java.util.List;

/** Every way back over HTTP there is. */
final class Scenarios {
    static final List<Scenario> ALL = List.of(Scenario.of(
            "webhook",
            SwitchWorld.class,
            SwitchWorld::new,
            world -> "http://127.0.0.1:" + world.other.port(),
            "target: webhook, url: '${address}/return', readBack: '${address}/where', timeout: 1m"));

    private Scenarios() {}
}
