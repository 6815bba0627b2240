package dev.portcullis.launcher.command;

import dev.portcullis.analysis.tool.diagnosis.Pause;
import java.time.Duration;

/** Seconds that are let pass between two looks at pods, so that their traffic shows. */
final class SourcePause implements Pause {
    private static final Duration USUAL = Duration.ofSeconds(5);

    @Override
    public void take() {
        try {
            Thread.sleep(USUAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
