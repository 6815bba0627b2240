package dev.portcullis.gate.testing;

import dev.portcullis.kit.launch.ServiceLauncher;
import java.util.HashMap;
import java.util.Map;

/** A gate-service in a process of its own, to be killed. */
public final class GateProcess {
    private GateProcess() {}

    /** Runs until it is killed; arguments are settings, {@code name=value}. */
    public static void main(String[] arguments) {
        Map<String, Object> settings = new HashMap<>();
        for (var argument : arguments) {
            var equals = argument.indexOf('=');
            settings.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        var service = ServiceLauncher.start("gate", settings);
        System.out.println("ready at " + service.httpPort());
    }
}
