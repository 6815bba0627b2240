package dev.portcullis.rollback.targets.featureflag;

import dev.portcullis.rollback.plan.RollbackOrder;
import dev.portcullis.rollback.plan.RollbackTarget;
import dev.portcullis.rollback.plan.TargetSettings;
import dev.portcullis.rollback.targets.TargetWorld;

/** A flag that is on at a provider over HTTP. */
final class FlagServerWorld implements TargetWorld {
    private final FlagServer server;
    private final TargetSettings configured;
    private final CallLoss loss = new CallLoss();

    FlagServerWorld(FlagServer server, TargetSettings configured) {
        this.server = server;
        this.configured = configured;
    }

    @Override
    public RollbackTarget target() {
        return FlagFixture.target();
    }

    @Override
    public RollbackOrder order() {
        return FlagFixture.ORDER;
    }

    @Override
    public TargetSettings configured() {
        return configured;
    }

    @Override
    public int effects() {
        return server.effects();
    }

    @Override
    public void loseAnswer(int nth) {
        server.onChange = loss.lose(nth, true, server::change);
    }

    @Override
    public void loseCall(int nth) {
        server.onChange = loss.lose(nth, false, server::change);
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public void vanish() {
        server.close();
    }

    @Override
    public void close() {
        loss.end();
        server.close();
    }
}
